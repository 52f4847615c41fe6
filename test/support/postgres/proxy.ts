import { createServer, connect as dial, type Socket } from 'node:net';
import { freePort } from './server.ts';

/** A way to a server that can be cut and mended, and that can swallow the answer to a commit. */
export type ServerProxy = {
  /** The same connection string, through the proxy. */
  readonly url: string;
  /** Breaks every connection and takes no more. */
  readonly cut: () => void;
  readonly mend: () => Promise<void>;
  /** Passes nothing on in either direction, as a cable that was pulled. */
  readonly freeze: () => void;
  /** Breaks the next connection that commits: before the server hears of it, or after, before the client does. */
  readonly breakCommit: (when: 'before' | 'after') => void;
  /** How many commits were broken. */
  readonly broken: () => number;
  /** How many connections were made through it so far. */
  readonly connections: () => number;
  readonly close: () => Promise<void>;
};

// A query in PostgreSQL's protocol, simple or extended: its text stands in it as it is.
const commits = (bytes: Buffer): boolean => /(?:^Q....|\0)commit\0/s.test(bytes.toString('latin1'));

export async function makeProxy(to: string): Promise<ServerProxy> {
  const target = new URL(to);
  const port = await freePort();
  const sockets = new Set<Socket>();
  let frozen = false;
  let broken = 0;
  let connections = 0;
  let breaking: 'before' | 'after' | undefined;

  const server = createServer((client) => {
    connections += 1;
    const upstream = dial(Number(target.port), target.hostname);
    let swallow = false;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
      sockets.delete(client);
      sockets.delete(upstream);
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end);
      socket.on('close', end);
    }
    client.on('data', (bytes) => {
      if (frozen) return;
      if (breaking !== undefined && commits(bytes)) {
        const when = breaking;
        breaking = undefined;
        broken += 1;
        if (when === 'before') return end();
        swallow = true;
      }
      upstream.write(bytes);
    });
    upstream.on('data', (bytes) => {
      if (frozen) return;
      if (swallow) end();
      else client.write(bytes);
    });
  });
  const listen = (): Promise<void> => new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  await listen();
  const url = new URL(to);
  url.port = String(port);
  const cut = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: url.href,
    cut,
    mend: async () => {
      frozen = false;
      if (!server.listening) await listen();
    },
    freeze: () => {
      frozen = true;
    },
    breakCommit: (when) => {
      breaking = when;
    },
    broken: () => broken,
    connections: () => connections,
    close: async () => cut(),
  };
}
