import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { postgresFrom } from './lazily.ts';

const namedServer = (): string | undefined => process.env.BINDELED_TEST_POSTGRES || undefined;

/** The server that tests use: the one that is named, else one of this run's own. */
export async function postgresUrl(): Promise<string> {
  const named = namedServer();
  if (named !== undefined) return named;
  const response = await fetch(inject(postgresFrom as never) as string);
  const said = await response.text();
  if (!response.ok) throw new Error(said);
  return said;
}

export type TestSchema = { readonly url: string; readonly name: string; readonly remove: () => Promise<void> };

/**
 * A schema of a test's own, as a connection string; taken away with all that is in it. On a server of this run's own it
 * stays where it is, for that is thrown away whole: dropping all of them took seconds of a processor.
 */
export async function makeSchema(server?: string): Promise<TestSchema> {
  const base = server ?? (await postgresUrl());
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = `${base}${base.includes('?') ? '&' : '?'}schema=${name}`;
  const remove = async (): Promise<void> => {
    if (server === undefined && namedServer() === undefined) return;
    const client = new pg.Client({ connectionString: base });
    await client.connect();
    try {
      await client.query(`set client_min_messages = warning; drop schema if exists ${name} cascade`);
    } finally {
      await client.end();
    }
  };
  return { url, name, remove };
}

/** Empties a store's tables as they were made, so that many tests can use one schema: making it takes most of a test. */
export const emptied = (schema: string): string => `do $$ declare one record; begin
  for one in select tablename as name from pg_tables where schemaname = '${schema}' and tablename not like 'kysely%' loop
    execute format('delete from %I.%I', '${schema}', one.name);
  end loop;
  for one in select sequencename as name from pg_sequences where schemaname = '${schema}' loop
    execute format('alter sequence %I.%I restart', '${schema}', one.name);
  end loop; end $$`;
