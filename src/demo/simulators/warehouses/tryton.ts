import type { Dialect, FakeRequest, FakeResponse } from '../server.ts';
import { dated } from './dated.ts';
import {
  companyId,
  storageId,
  sumOf,
  type TrytonModel,
  type TrytonSimProduct,
  warehouseId,
  zones,
} from './tryton-model.ts';

/** Tryton 6.0 over a model, as it was measured: errors with status 200, figures by context, inactive goods left out. */
export function makeTrytonDialect(model: TrytonModel): Dialect {
  return {
    slowDown: () => ({ status: 429, headers: html, body: '<html><h1>Too Many Requests</h1></html>' }),
    answer: (request, shop) => {
      const basic = `Basic ${Buffer.from(`${model.user}:${model.password}`).toString('base64')}`;
      if (request.headers.authorization !== basic) return { status: 401, headers: html, body: '' };
      return dated(answer(request, model, shop.temper.forgetPage), shop, model.now());
    },
  };
}

const html = { 'content-type': 'text/html; charset=utf-8' };
const failed = (name: string, text: string): FakeResponse => ({
  status: 200,
  body: { id: 1, error: [name, [text, '']] },
});
const result = (value: unknown): FakeResponse => ({ status: 200, body: { id: 1, result: value } });

const locationsOf = ({ places }: TrytonModel): readonly Row[] => [
  { id: warehouseId, type: 'warehouse', name: 'Lager', code: null, parent: null, storage_location: storageId },
  { id: storageId, type: 'storage', name: 'Lagerzone', code: 'STO', parent: warehouseId },
  ...Object.entries(zones).map(([code, id]) => ({ id, type: 'storage', name: code, code, parent: warehouseId })),
  ...[...places].map(([name, id]) => ({ id, type: 'storage', name, code: null, parent: storageId })),
];

type Row = Readonly<Record<string, unknown>>;

/** What lies right at each place of the product that the context names; no figure without one. */
function withQuantity(model: TrytonModel, { product }: Context): readonly Row[] {
  const good = model.goods.get(product ?? 0);
  return locationsOf(model).map((row) => ({
    ...row,
    quantity: good === undefined ? null : sumOf(good, false, Number(row.id)),
  }));
}
type Context = {
  readonly product?: number;
  readonly company?: number;
  readonly locations?: readonly number[];
  readonly with_childs?: boolean;
};

function answer(request: FakeRequest, model: TrytonModel, forgetsPage: boolean): FakeResponse {
  let call: { readonly method: string; readonly params: readonly unknown[] };
  try {
    call = JSON.parse(request.body);
  } catch {
    return { status: 500, headers: html, body: '<html><h1>Internal Server Error</h1></html>' };
  }
  const { method } = call;
  const params = forgetsPage ? withoutKeySet(call.params) : call.params;
  const context = params.at(-1) as Context;
  if (method === 'model.stock.location.search_read') return search(withQuantity(model, context), params);
  if (method === 'model.company.company.search_read') return search([{ id: companyId }], params);
  if (method === 'model.product.product.search_read') return products(model, params, context);
  if (method === 'model.product.identifier.search_read')
    return search(
      [...model.goods.values()].flatMap(({ id, ean }) =>
        ean === undefined ? [] : [{ id: 100_000 + id, product: id, type: 'ean', code: ean }],
      ),
      params,
    );
  if (method === 'model.stock.move.search_read')
    return search(
      [...model.goods.values()].flatMap((good) =>
        good.moves.map(({ id, at }) => ({ id, product: good.id, write_date: null, create_date: tagged(at) })),
      ),
      params,
    );
  if (method === 'model.stock.inventory.create') return createInventory(model, params);
  if (method === 'model.stock.inventory.confirm') return confirm(model, params);
  return failed('UserError', `${method} is not known`);
}

function products(model: TrytonModel, params: readonly unknown[], context: Context): FakeResponse {
  if (context.company !== undefined && context.company !== companyId)
    return failed('UserError', 'You are not allowed to access this company.');
  const [asked] = context.locations ?? [];
  const isWhole = asked === warehouseId || (asked === storageId && context.with_childs !== false);
  const known = locationsOf(model).some(({ id }) => id === asked);
  // Without locations Tryton answers nought, and calls it no error.
  const figure = (good: TrytonSimProduct, planned: boolean): number =>
    known ? sumOf(good, planned, isWhole ? undefined : asked) : 0;
  const rows = [...model.goods.values()].map((good) => ({
    id: good.id,
    code: good.code,
    active: good.active,
    'template.': { id: good.id, name: good.name },
    quantity: figure(good, false),
    forecast_quantity: figure(good, true),
  }));
  const [domain] = params as readonly [readonly unknown[]];
  const asksInactive = domain.some((clause) => Array.isArray(clause) && clause[0] === 'active');
  return search(asksInactive ? rows : rows.filter(({ active }) => active), params);
}

/** The same question without "what has a larger id": the first page again. */
const withoutKeySet = ([domain, ...rest]: readonly unknown[]): readonly unknown[] => [
  Array.isArray(domain) ? domain.filter((clause) => !(Array.isArray(clause) && clause[1] === '>')) : domain,
  ...rest,
];

/** `domain, offset, limit, order, fields, context`. */
function search(rows: readonly Row[], params: readonly unknown[]): FakeResponse {
  const [domain, offset, limit, [[, direction]]] = params as readonly [
    readonly unknown[],
    number,
    number,
    readonly [readonly [string, string]],
  ];
  const found = rows.filter((row) => domain.every((clause) => holds(row, clause)));
  const sorted = found.toSorted((a, b) => (Number(a.id) - Number(b.id)) * (direction === 'DESC' ? -1 : 1));
  return result(sorted.slice(offset, offset + limit));
}

const parentOf: Readonly<Record<number, number>> = { [storageId]: warehouseId };

function holds(row: Row, clause: unknown): boolean {
  const [field, operator, value] = clause as readonly [string, string | readonly unknown[], unknown];
  if (field === 'OR') return (clause as readonly unknown[]).slice(1).some((one) => holds(row, one));
  const found = row[field];
  if (operator === 'in') return (value as readonly unknown[]).includes(found);
  if (operator === '=') return found === value;
  if (operator === 'child_of')
    return (value as readonly unknown[]).some((top) => [row.id, found, parentOf[Number(found)]].includes(top));
  if (found === null || found === undefined) return false;
  const [left, right] = [found, value].map((one) => (typeof one === 'object' ? momentOf(one as Row) : Number(one))) as [
    number,
    number,
  ];
  return operator === '>' ? left > right : left >= right;
}

const tagged = (at: number): Row => {
  const date = new Date(at);
  return {
    __class__: 'datetime',
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond: date.getUTCMilliseconds() * 1000,
  };
};

const momentOf = (tagged: Row): number =>
  Date.UTC(
    Number(tagged.year),
    Number(tagged.month) - 1,
    Number(tagged.day),
    Number(tagged.hour),
    Number(tagged.minute),
    Number(tagged.second),
  );

function createInventory(model: TrytonModel, params: readonly unknown[]): FakeResponse {
  const [[given]] = params as readonly [
    readonly [{ location: number; lines: [[string, { product: number; quantity: number }[]]] }],
  ];
  if (!locationsOf(model).some(({ id, type }) => id === given.location && type === 'storage'))
    return failed('DomainValidationError', 'The value for field "Location" is not valid.');
  const [[, lines]] = given.lines;
  for (const { product, quantity } of lines) {
    if (!model.goods.has(product)) return failed('UserError', 'The product is not known.');
    if (quantity < 0) return failed('UserError', 'Line quantity must be positive.');
  }
  const id = model.newId();
  model.inventories.set(id, { id, location: given.location, lines });
  return result([id]);
}

function confirm(model: TrytonModel, params: readonly unknown[]): FakeResponse {
  const [ids] = params as readonly [readonly number[]];
  // What lies within a place is no part of its count, as on the real one.
  for (const { location, lines } of ids.flatMap((id) => model.inventories.get(id) ?? []))
    for (const { product, quantity } of lines) {
      const good = model.goods.get(product);
      if (good !== undefined) model.moveAt(good, quantity - sumOf(good, false, location), location);
    }
  return result(null);
}
