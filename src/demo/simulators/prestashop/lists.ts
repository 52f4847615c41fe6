import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';
import type { Row } from './rows.ts';

/** What the webservice says when it will not: numbered errors. */
export const refusal = (status: number, ...errors: readonly (readonly [number, string])[]): FakeResponse => ({
  status,
  body: { errors: errors.map(([code, message]) => ({ code, message })) },
});

const dates = ['date_add', 'date_upd'];

/**
 * One list: filtered, sorted, cut and shown as 9.1.4 does. Our own mistakes are answered with 500 where a name is
 * wrong, and with an empty list where a value is.
 */
export function listRows(
  shop: FakeShop,
  query: URLSearchParams,
  of: { readonly resource: string; readonly rows: readonly Row[]; readonly fields: readonly string[] },
): FakeResponse {
  const { temper } = shop;
  const filters = [...query].flatMap(([name, value]) => {
    const field = /^filter\[(\w+)\]$/.exec(name)?.[1];
    return field === undefined ? [] : [[field, value] as const];
  });
  const strange = filters.find(([field]) => !of.fields.includes(field));
  if (strange !== undefined) return refusal(500, [32, `This filter does not exist: ${strange[0]}`]);
  if (filters.some(([field]) => dates.includes(field)) && query.get('date') !== '1') {
    return refusal(500, [32, 'This filter does not exist without date=1']);
  }
  const sort = /^\[(\w+)_(ASC|DESC)\]$/.exec(query.get('sort') ?? '[id_ASC]');
  if (sort === null || !of.fields.includes(sort[1] ?? '')) return refusal(500, [38, 'Unable to sort by this field']);
  const display = query.get('display') ?? '[id]';
  const shown = /^\[(.*)\]$/.exec(display)?.[1]?.split(',');
  const unknown = shown?.find((field) => !of.fields.includes(field));
  if (unknown !== undefined) return refusal(500, [35, `Unable to display this field "${unknown}"`]);
  // A proxy that keeps one page for all of them, and a list from which some rows were taken away on their way.
  const asked = temper.forgetPage ? filters.filter(([field]) => field !== 'id') : filters;
  const found = of.rows.filter((row) => asked.every(([field, filter]) => passes(row[field], filter, field)));
  const sorted = [...found].sort((a, b) => compare(a[sort[1] ?? ''], b[sort[1] ?? '']) * (sort[2] === 'ASC' ? 1 : -1));
  // A shop without goods has its settings still.
  const isBare = temper.emptyCatalog && of.resource !== 'configurations';
  const cut = isBare ? [] : limited(sorted, query.get('limit'), temper.shortPages);
  if (cut.length === 0) return { status: 200, body: [] };
  const rows = cut.map((row) =>
    shown === undefined ? row : Object.fromEntries(Object.entries(row).filter(([name]) => shown.includes(name))),
  );
  return { status: 200, body: { [of.resource]: rows } };
}

const compare = (a: unknown, b: unknown): number => {
  const numeric = Number(a) - Number(b);
  return Number.isNaN(numeric) ? String(a).localeCompare(String(b)) : numeric;
};

/** `offset,count` or `count`; anything else cuts everything away, and says so to nobody. */
function limited(rows: readonly Row[], limit: string | null, short: boolean): readonly Row[] {
  if (limit === null) return rows;
  const read = /^(?:(\d+),)?(\d+)$/.exec(limit);
  if (read === null) return [];
  const from = Number(read[1] ?? 0);
  const count = Number(read[2]);
  return rows.slice(from, from + (short ? Math.max(1, Math.ceil(count * 0.6)) : count));
}

const same = (a: unknown, b: string): boolean => String(a).trimEnd().toLowerCase() === b.trimEnd().toLowerCase();

function passes(value: unknown, filter: string, field: string): boolean {
  const [, before = '', inner = '', after = ''] = /^(.*?)\[([\s\S]*)\](.*)$/.exec(filter) ?? [];
  // Only the database's own form of a date compares with one.
  if (dates.includes(field) && !/^\d{4}-\d{2}-\d{2}( \d{2}:\d{2}:\d{2})?(,.*)?$/.test(inner)) return false;
  if (before === '>' || before === '<') return compare(value, inner) * (before === '>' ? 1 : -1) > 0;
  const text = String(value).toLowerCase();
  const part = inner.toLowerCase();
  if (before === '%' && after === '%') return text.includes(part);
  if (before === '%') return text.endsWith(part);
  if (after === '%') return text.startsWith(part);
  if (inner.indexOf('|') > 0) return inner.split('|').some((one) => same(value, one));
  const range = /^([\d.:\-\s]+),([\d.:\-\s]+)$/.exec(inner);
  if (range !== null) return compare(value, range[1]) >= 0 && compare(value, range[2]) <= 0;
  return same(value, inner);
}
