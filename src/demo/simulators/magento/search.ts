import type { FakeShop } from '../fake-shop.ts';
import type { FakeResponse } from '../server.ts';
import type { Row } from './rows.ts';

/** What Magento says when it will not: words with blanks, and what belongs into them. */
export const problem = (status: number, message: string, parameters?: unknown): FakeResponse => ({
  status,
  body: { message, ...(parameters === undefined ? {} : { parameters }) },
});

type Filter = { readonly field: string; readonly value: string; readonly condition: string };

const conditions = ['eq', 'in', 'gt', 'gteq', 'lt', 'like', 'neq'];
const dates = ['updated_at', 'created_at'];

/** One search, as 2.4.7 answers it. `fields` names each field that may be asked for, and what it reads of a row. */
export function searchRows(
  shop: FakeShop,
  query: URLSearchParams,
  of: { readonly rows: readonly Row[]; readonly fields: Readonly<Record<string, (row: Row) => unknown>> },
): FakeResponse {
  const { temper } = shop;
  if (![...query.keys()].some((name) => name.startsWith('searchCriteria'))) {
    return problem(400, '"%fieldName" is required. Enter and try again.', { fieldName: 'searchCriteria' });
  }
  const groups = groupsIn(query);
  const strange = groups.flat().find(({ field }) => !Object.hasOwn(of.fields, field));
  if (strange !== undefined) {
    return problem(400, 'The "%1" attribute name is invalid. Reset the name and try again.', [strange.field]);
  }
  // A condition that nobody knows finds nothing, and says so to nobody.
  const isUnknown = groups.flat().some(({ condition }) => !conditions.includes(condition));
  // A proxy that keeps one page for all of them.
  const asked = temper.forgetPage
    ? groups.map((group) => group.filter(({ condition }) => condition !== 'gt')).filter((group) => group.length > 0)
    : groups;
  const read = (row: Row, field: string): unknown => of.fields[field]?.(row);
  const found = of.rows.filter((row) => asked.every((group) => group.some((filter) => passes(filter, row, read))));
  const sortBy = query.get('searchCriteria[sortOrders][0][field]');
  const sorted = sortBy === null ? found : [...found].sort((a, b) => Number(read(a, sortBy)) - Number(read(b, sortBy)));
  const rows = isUnknown || temper.emptyCatalog ? [] : sorted;
  const size = Number(query.get('searchCriteria[pageSize]') ?? 0);
  const page = Math.max(1, Number(query.get('searchCriteria[currentPage]') ?? 1));
  const held = temper.shortPages && size > 1 ? Math.ceil(size * 0.6) : size;
  const shown = size === 0 ? rows : rows.slice((page - 1) * size, (page - 1) * size + held);
  const body = { items: shown, search_criteria: {}, total_count: temper.noTotals ? undefined : rows.length };
  return { status: 200, body: only(query.get('fields'), body) };
}

function groupsIn(query: URLSearchParams): readonly (readonly Filter[])[] {
  const groups = new Map<string, Map<string, Record<string, string>>>();
  const name = /^searchCriteria\[filter_?[gG]roups\]\[(\d+)\]\[filters\]\[(\d+)\]\[(field|value|condition_?[tT]ype)\]$/;
  for (const [key, value] of query) {
    const [, group = '', filter = '', part = ''] = name.exec(key) ?? [];
    if (part === '') continue;
    const own = groups.get(group) ?? new Map<string, Record<string, string>>();
    groups.set(group, own);
    own.set(filter, { ...own.get(filter), [part.toLowerCase().replace('_', '')]: value });
  }
  return [...groups.values()].map((filters) =>
    [...filters.values()].map(({ field = '', value = '', conditiontype = 'eq' }) => ({
      field,
      value,
      condition: conditiontype,
    })),
  );
}

const folded = (value: unknown): string => String(value).trim().toLowerCase();

function passes({ field, value, condition }: Filter, row: Row, read: (row: Row, field: string) => unknown): boolean {
  const own = read(row, field);
  if (dates.includes(field)) {
    const bound = Date.parse(/Z$/.test(value) ? value : `${value.replace(' ', 'T')}Z`);
    // A date that is none filters nothing away.
    if (Number.isNaN(bound)) return true;
    const at = Date.parse(`${String(own).replace(' ', 'T')}Z`);
    return condition === 'gteq' ? at >= bound : condition === 'gt' ? at > bound : at < bound;
  }
  if (condition === 'in') return value.split(',').some((one) => folded(one) === folded(own));
  if (condition === 'gt') return Number(own) > Number(value);
  if (condition === 'gteq') return Number(own) >= Number(value);
  if (condition === 'lt') return Number(own) < Number(value);
  if (condition === 'neq') return folded(own) !== folded(value);
  return folded(own) === folded(value);
}

/** `items[id,media[file]],total_count`: what is not named is left out, and an empty list becomes nothing at all. */
function only(fields: string | null, body: Row): unknown {
  if (fields === null) return body;
  const shown = pick(body, parse(fields));
  return Array.isArray(body.items) && body.items.length === 0 ? { ...(shown as object), items: null } : shown;
}

type Names = Map<string, Names>;

function parse(text: string): Names {
  const top: Names = new Map();
  const open: Names[] = [top];
  for (const [, word = '', mark = ''] of text.matchAll(/([\w]*)([[\],]?)/g)) {
    const here = open.at(-1) ?? top;
    const inner: Names = new Map();
    if (word !== '') here.set(word, inner);
    if (mark === '[') open.push(inner);
    if (mark === ']') open.pop();
  }
  return top;
}

function pick(value: unknown, names: Names): unknown {
  if (names.size === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => pick(one, names));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) => {
      const wanted = names.get(name);
      return wanted === undefined ? [] : [[name, pick(inner, wanted)]];
    }),
  );
}
