import type { z } from 'zod';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { keyIn } from '../driver-parts/rows/key-in.ts';
import type { HttpResponse } from '../http-response.ts';
import type { MagentoApi } from './session/api.ts';

type Condition = 'eq' | 'in' | 'gt' | 'gteq';
export type Filter = readonly [field: string, condition: Condition, value: string];

export type Search = {
  readonly path: string;
  readonly scope?: string;
  /** All groups must hold; of a group, one filter. */
  readonly groups: readonly (readonly Filter[])[];
  readonly sortBy?: string;
  readonly pageSize: number;
  /** The fields of an item. */
  readonly fields: string;
  readonly doing: string;
};

function queryOf({ groups, sortBy, pageSize, fields }: Search): Readonly<Record<string, string>> {
  const query: Record<string, string> = {};
  for (const [at, group] of groups.entries()) {
    for (const [place, [field, condition, value]] of group.entries()) {
      const name = `searchCriteria[filter_groups][${at}][filters][${place}]`;
      query[`${name}[field]`] = field;
      query[`${name}[value]`] = value;
      query[`${name}[condition_type]`] = condition;
    }
  }
  if (sortBy !== undefined) {
    query['searchCriteria[sortOrders][0][field]'] = sortBy;
    query['searchCriteria[sortOrders][0][direction]'] = 'ASC';
  }
  query['searchCriteria[pageSize]'] = String(pageSize);
  query['searchCriteria[currentPage]'] = '1';
  query.fields = `items[${fields}],total_count`;
  return query;
}

/** The items that a search finds. None come as `[]`, and with a choice of fields as `null`. */
export async function search(
  api: MagentoApi,
  wanted: Search,
  signal: AbortSignal,
): Promise<{ readonly rows: readonly unknown[]; readonly total?: number; readonly reply: HttpResponse }> {
  const question = { path: wanted.path, scope: wanted.scope, query: queryOf(wanted), doing: wanted.doing };
  const { body, reply } = await api.must(question, signal);
  const found = typeof body === 'object' && body !== null && 'items' in body ? body : undefined;
  const rows: unknown = found?.items === null ? [] : found?.items;
  if (found === undefined || !Array.isArray(rows)) {
    const said = reply.text.slice(0, 400);
    throw api.trouble('unintelligible', { doing: wanted.doing, status: reply.status, said });
  }
  const total = 'total_count' in found ? Number(found.total_count) : Number.NaN;
  return { rows, total: Number.isSafeInteger(total) ? total : undefined, reply };
}

export type KeyedSearch = Omit<Search, 'sortBy'> & {
  /** The field that rows are told apart and sorted by, as the search calls it, and as an item does. */
  readonly key: string;
  readonly name: string;
  readonly after: string;
};
export type KeyedPage<Row> = {
  readonly rows: readonly Row[];
  readonly broken: readonly BrokenRow[];
  /** The last key that was sent, readable or not; nothing at the end. */
  readonly last?: string;
  readonly total?: number;
  readonly reply: HttpResponse;
};

/** Rows beyond a key, by key: what comes and goes meanwhile moves nothing. An empty answer is the only end. */
export async function keyedPage<Row>(
  api: MagentoApi,
  schema: z.ZodType<Row>,
  wanted: KeyedSearch,
  signal: AbortSignal,
): Promise<KeyedPage<Row>> {
  const { key, name, after, doing } = wanted;
  const groups = [[[key, 'gt', after] as const], ...wanted.groups];
  const { rows, total, reply } = await search(api, { ...wanted, groups, sortBy: key }, signal);
  if (rows.length === 0) return { rows: [], broken: [], total, reply };
  const keys = rows.flatMap((row) => keyIn(row, name) ?? []);
  // A last page of which nobody can read whose its rows are: they are told, and the reading is over.
  if (keys.length === 0 && rows.length < wanted.pageSize) return { ...readRows(schema, rows), total, reply };
  if (keys.length === 0 || keys.some((number) => number <= Number(after))) {
    const found = `the shop does not filter by ${key}: nothing beyond ${after} was asked for`;
    throw api.trouble('unintelligible', { doing, found, distrusted: true });
  }
  return { ...readRows(schema, rows), last: String(Math.max(...keys)), total, reply };
}
