import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { postgresFrom } from './lazily.ts';

/** The server that tests use: the one that is named, else one of this run's own. */
export async function postgresUrl(): Promise<string> {
  const named = process.env.BINDELED_TEST_POSTGRES;
  if (named !== undefined && named !== '') return named;
  const response = await fetch(inject(postgresFrom as never) as string);
  const said = await response.text();
  if (!response.ok) throw new Error(said);
  return said;
}

export type TestSchema = { readonly url: string; readonly name: string; readonly remove: () => Promise<void> };

/** A schema of a test's own, as a connection string; taken away with all that is in it. */
export async function makeSchema(server?: string): Promise<TestSchema> {
  const base = server ?? (await postgresUrl());
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = `${base}${base.includes('?') ? '&' : '?'}schema=${name}`;
  const remove = async (): Promise<void> => {
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
