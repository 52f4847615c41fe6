import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { TestProject } from 'vitest/node';
import { type PostgresServer, startPostgres } from './server.ts';

/** Under which name a test finds where to ask. */
export const postgresFrom = 'postgresFrom';

/** One database server for a whole run of tests, started when the first test asks for it and always stopped. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  let started: Promise<PostgresServer> | undefined;
  const connectors = createServer((_request, response) => {
    started ??= startPostgres();
    started.then(
      ({ url }) => response.end(url),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve) => connectors.listen(0, '127.0.0.1', resolve));
  connectors.unref();
  // Vitest knows what can be provided by a declaration only, of a kind that we do without.
  project.provide(postgresFrom as never, `http://127.0.0.1:${(connectors.address() as AddressInfo).port}/` as never);
  return async () => {
    connectors.close();
    const server = await started?.catch(() => undefined);
    await server?.stop();
  };
}
