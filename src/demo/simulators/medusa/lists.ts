import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';

export type Row = Readonly<Record<string, unknown>>;

/** What Medusa says when it will not. */
export const problem = (status: number, type: string, message: string): FakeResponse => ({
  status,
  body: { type, message },
});

/** A row's part that lists are filtered and sorted by, and the whole of it. */
type Listable = { readonly head: Row; readonly whole: () => Row };
/** Filters of a list by their exact text; every other name is left out without a word, and all rows come (measured). */
export type Listed = { readonly name: string; readonly rows: readonly Listable[]; readonly filters: readonly string[] };

export const listable = (row: Row): Listable => ({ head: row, whole: () => row });

export function listRows(shop: FakeShop, query: URLSearchParams, { name, rows, filters }: Listed): FakeResponse {
  const { temper } = shop;
  if (query.has('id[$gt]')) return problem(400, 'invalid_data', "Invalid request: Unrecognized fields: '$gt'");
  const limit = Number(query.get('limit') ?? '50');
  if (limit < 0) return problem(500, 'unknown_error', 'An unknown error occurred.');
  const offset = temper.forgetPage ? 0 : Number(query.get('offset') ?? '0');
  const size = temper.shortPages ? Math.max(1, Math.ceil(limit * 0.6)) : limit;
  const found = temper.emptyCatalog ? [] : sorted(rows, query).filter(({ head }) => fits(head, query, filters));
  const body = {
    [name]: found.slice(offset, offset + size).map(({ whole }) => selected(whole(), query)),
    ...(temper.noTotals ? {} : { count: found.length }),
    offset,
    limit,
  };
  return { status: 200, body };
}

function fits(row: Row, query: URLSearchParams, filters: readonly string[]): boolean {
  const texts = filters.every((name) => {
    const wanted = [...query.getAll(name), ...query.getAll(`${name}[]`)];
    return wanted.length === 0 || wanted.includes(String(row[name] ?? ''));
  });
  if (!texts || ![...query.keys()].some((name) => /^(updated|created)_at/.test(name))) return texts;
  // A nonsense date, or an operator without its $, shows everything.
  const dates = ['updated_at', 'created_at'].every((name) => {
    const after = Date.parse(query.get(`${name}[$gt]`) ?? '');
    const since = Date.parse(query.get(`${name}[$gte]`) ?? '');
    const at = Date.parse(String(row[name]));
    return (Number.isNaN(after) || at > after) && (Number.isNaN(since) || at >= since);
  });
  return dates;
}

function sorted(rows: readonly Listable[], query: URLSearchParams): readonly Listable[] {
  const order = query.get('order') ?? 'id';
  const by = order.replace(/^-/, '');
  const sign = order.startsWith('-') ? -1 : 1;
  const key = ({ head }: Listable): string => String(head[by] ?? '');
  return [...rows].sort((a, b) => sign * (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
}

/** The fields asked for, by dotted name; a name that is not there is left out without a word. The id always comes. */
export function selected(row: Row, query: URLSearchParams): unknown {
  const fields = query.get('fields')?.split(',');
  return fields === undefined ? row : pick(row, fields);
}

function pick(value: unknown, names: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((one) => pick(one, names));
  if (typeof value !== 'object' || value === null || names.includes('')) return value;
  const own = new Map<string, string[]>();
  for (const name of names) {
    const [head = '', ...rest] = name.replace(/^\*(.*)$/, '$1').split('.');
    own.set(head, [...(own.get(head) ?? []), rest.join('.')]);
  }
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]): [string, unknown][] => {
      const deeper = own.get(name);
      // Rules of a price come along whatever is asked for (measured).
      if (deeper === undefined) return name === 'id' || name === 'rules' ? [[name, one]] : [];
      return [[name, pick(one, deeper)]];
    }),
  );
}
