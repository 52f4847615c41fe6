import { onTestFinished } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { makeWebhookAccess } from '../../src/runtime/webhook-access.ts';
import { defaultServeSettings, type ServeSettings } from '../../src/server/serve-settings.ts';
import { makeServer, type Server } from '../../src/server/server.ts';
import type { ServerLog } from '../../src/server/server-log.ts';
import type { ServerParts } from '../../src/server/server-parts.ts';
import type { TestEnvironment } from '../services/test-environment.ts';

export const hookSecret = 'a-secret-of-the-hook';

export const quietLog: ServerLog = { info: () => {}, warn: () => {}, error: () => {} };

/** A server over the shops of a test, on a free port, with a clock that stands still between ticks. */
export async function openTestServer(
  environment: TestEnvironment,
  over: Partial<ServeSettings> = {},
  parts: Partial<ServerParts> = {},
): Promise<{ readonly server: Server; readonly url: string }> {
  const { harness, clock } = environment;
  const webhooks = makeWebhookAccess({
    drivers: platformRegistry,
    credentialsFor: () => ({
      ...rightKey,
      token: rightKey.secret,
      webhook_secret: hookSecret,
      client_secret: hookSecret,
    }),
    save: async () => {},
    clock,
  });
  // Waits of the server end when it stops, never by time: a test says when a tick comes.
  const wait = (_ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(signal.reason), { once: true }));
  const server = makeServer({
    world: { ...harness, clock: { now: () => clock.now(), wait } },
    webhooks,
    settings: { ...defaultServeSettings, port: 0, ...over },
    timeZone: 'Europe/Copenhagen',
    log: quietLog,
    ...parts,
  });
  const url = await server.listen();
  onTestFinished(async () => {
    await server.close();
  });
  return { server, url };
}
