import type { z } from 'zod';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { keyIn } from '../driver-parts/rows/key-in.ts';
import type { HttpResponse } from '../http-response.ts';
import { makeRowCounter } from '../reading/reading-bounds.ts';
import type { PrestaApi, Query } from './api.ts';

export type KeyedRequest = {
  readonly resource: string;
  readonly query: Query;
  readonly limit: number;
  readonly doing: string;
};
export type KeyedPage<Row> = {
  readonly rows: readonly Row[];
  readonly broken: readonly BrokenRow[];
  /** The last id that was sent, readable or not; nothing at the end. */
  readonly last?: string;
  readonly reply: HttpResponse;
};

/** A date as the database writes it. In any other form, and exclusive as it is, a filter finds nothing and says so to nobody. */
export const databaseTime = (local: string): string => local.replace('T', ' ');

/** Any of these; a comma would mean "from … to". */
export const oneOf = (values: readonly string[]): string => `[${values.join('|')}]`;

/**
 * Rows with an id above the one given, by id: rows that come and go meanwhile move nothing. An empty answer is the
 * only end. Each row must be beyond the last one, since a shop that leaves the filter out would never end.
 */
export async function keyedPage<Row>(
  api: PrestaApi,
  schema: z.ZodType<Row>,
  request: KeyedRequest & { readonly after: string },
  signal: AbortSignal,
): Promise<KeyedPage<Row>> {
  const { resource, doing, after } = request;
  const query = {
    display: 'full',
    ...request.query,
    'filter[id]': `>[${after}]`,
    sort: '[id_ASC]',
    limit: String(request.limit),
  };
  const { rows, reply } = await api.list(resource, { query, doing }, signal);
  if (rows.length === 0) return { rows: [], broken: [], reply };
  const numbers = rows.flatMap((row) => keyIn(row) ?? []);
  // A last page of which nobody can read whose its rows are: they are told, and the reading is over.
  if (numbers.length === 0 && rows.length < request.limit) return { ...readRows(schema, rows), reply };
  if (numbers.length === 0 || numbers.some((number) => number <= Number(after))) {
    const found = `the shop does not filter ${resource} by id: nothing beyond ${after} was asked for`;
    throw api.trouble('unintelligible', { doing, found, distrusted: true });
  }
  return { ...readRows(schema, rows), last: String(Math.max(...numbers)), reply };
}

/** Every row of a bounded question, until `isWhole` says that nothing is missing or the shop has no more. */
export async function allKeyed<Row>(
  api: PrestaApi,
  schema: z.ZodType<Row>,
  request: KeyedRequest & { readonly isWhole?: (rows: readonly Row[]) => boolean },
  signal: AbortSignal,
): Promise<{ readonly rows: readonly Row[]; readonly broken: readonly BrokenRow[] }> {
  const rows: Row[] = [];
  const broken: BrokenRow[] = [];
  const count = makeRowCounter();
  let after: string | undefined = '0';
  while (after !== undefined) {
    const page: KeyedPage<Row> = await keyedPage(api, schema, { ...request, after }, signal);
    rows.push(...page.rows);
    broken.push(...page.broken);
    const endless = count(page.rows.length + page.broken.length);
    if (endless !== undefined) throw api.trouble('unintelligible', { doing: request.doing, ...endless });
    after = request.isWhole?.(rows) === true ? undefined : page.last;
  }
  return { rows, broken };
}
