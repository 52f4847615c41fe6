import type { FakeShop } from '../../../src/demo/simulators/fake-shop.ts';
import type { FakeRequest, FakeResponse } from '../../../src/demo/simulators/server.ts';
import type { HostileKind } from './kinds.ts';

/** What was shown first, by question: shown again whatever page is asked for. */
export type Repeats = Map<string, { readonly shown: FakeResponse[]; asked: number }>;

type Situation = {
  readonly request: FakeRequest;
  readonly shop: FakeShop;
  readonly sane: FakeResponse & { readonly body: string };
  readonly repeats: Repeats;
};

/** So many rows are there behind the last that was shown: more than any page holds. */
const ahead = 1200;
const ordersAtOnce = 300;

/** The answer of a shop that goes on for ever; nothing where this kind of madness has nothing to do with the question. */
export function endlessAnswer(kind: HostileKind, situation: Situation): FakeResponse | undefined {
  const { request, shop, sane } = situation;
  // The word alone may be about the order of rows.
  const isOrders = /order/i.test(request.path) || /\borders\s*[({]|Order_Get/.test(request.body);
  const shown = new Set(sane.body.match(/\b[AH]-\d+\b/g));
  const goods = isOrders ? 0 : shown.size;
  switch (kind) {
    case 'rows':
      putUp(shop, goods);
      return sane;
    case 'variations':
      addVariants(shop, goods);
      return sane;
    case 'orders':
      if (isOrders) sellMore(shop, ordersAtOnce);
      return sane;
    case 'repeats':
    case 'two-pages':
    case 'circle':
      return goods === 0 ? sane : shownAgain(roundOf[kind], situation);
    case 'order-repeats':
    case 'order-two-pages':
    case 'order-circle':
      return isOrders ? shownAgain(roundOf[kind], situation) : sane;
    case 'millions':
      putUp(shop, goods);
      return withTotal(sane, '5000000');
    case 'total-negative':
    case 'total-nan':
    case 'total-text':
      return isOrders ? sane : withTotal(sane, oddTotals[kind]);
    case 'ten-thousand':
      return sane;
    default:
      return undefined;
  }
}

/** How many pages go round. */
const roundOf = {
  repeats: 1,
  'two-pages': 2,
  circle: 7,
  'order-repeats': 1,
  'order-two-pages': 2,
  'order-circle': 7,
} as const;
const oddTotals = { 'total-negative': '-7', 'total-nan': 'NaN', 'total-text': 'many' } as const;

/** What a shop has in store when it goes mad. */
export function beginEndless(kind: HostileKind, shop: FakeShop): void {
  if (kind === 'rows' || kind === 'millions') putUp(shop, ahead);
  if (kind === 'repeats' || kind === 'two-pages') putUp(shop, 2 * ahead);
  if (kind === 'circle') putUp(shop, 4 * ahead);
  if (kind === 'variations') addVariants(shop, ahead);
  if (kind === 'ten-thousand') addVariants(shop, 10_000);
  if (kind === 'orders') sellMore(shop, ordersAtOnce);
  if (kind.startsWith('order-')) sellMore(shop, kind === 'order-circle' ? 4 * ahead : 2 * ahead);
}

/** As many again as were just shown. */
function putUp(shop: FakeShop, rows: number): void {
  for (let at = 0; at < rows; at += 1) shop.add({ sku: `H-${shop.shelf.length}`, quantity: 1 });
}

function addVariants(shop: FakeShop, count: number): void {
  const family = shop.shelf.find(({ kind }) => kind === 'variable');
  if (family === undefined) return;
  for (let at = 0; at < count; at += 1) {
    const place = family.variants.length;
    shop.addVariant(family.id, { sku: `H-${place}`, options: [{ name: 'Size', value: `${place}` }] });
  }
}

function sellMore(shop: FakeShop, count: number): void {
  const [product] = shop.shelf;
  if (product === undefined) return;
  for (let at = 0; at < count; at += 1) {
    shop.sell([{ productId: product.id, variantId: product.variants[0]?.id, quantity: 1 }]);
  }
}

/** The first pages in turn, whatever page is asked for, and each time under a cursor of another name. */
function shownAgain(pages: number, { request, sane, repeats }: Situation): FakeResponse {
  const names = [...request.query.keys()].sort();
  const key = `${request.method} ${request.path} ${names} ${questionOf(request.body)}`;
  const known = repeats.get(key) ?? { shown: [], asked: 0 };
  repeats.set(key, known);
  if (known.shown.length < pages) known.shown.push(sane);
  const shown = known.shown[known.asked % known.shown.length] ?? sane;
  known.asked += 1;
  if (typeof shown.body !== 'string') return shown;
  return { ...shown, body: shown.body.replace(/(?<="endCursor":")[^"]+/g, (cursor) => renamed(cursor, known.asked)) };
}

/** A cursor that looks new and is not. */
function renamed(cursor: string, time: number): string {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64').toString('utf8'));
    return Buffer.from(JSON.stringify(Object.assign({}, key, { time }))).toString('base64');
  } catch {
    return cursor;
  }
}

/** What is asked, without where the reading stands. */
const questionOf = (body: string): string =>
  body.replace(/"(after|cursor|searchAfter)"\s*:\s*("[^"]*"|null|\[[^\]]*\])/g, '').replace(/\d+/g, '#');

/** The same with another total, in whatever field or header it stands. */
function withTotal(sane: Situation['sane'], total: string): FakeResponse {
  const headers = Object.fromEntries(
    Object.entries(sane.headers ?? {}).map(([name, value]) => [name, /total/i.test(name) ? total : value]),
  );
  const written = /^-?\d+$/.test(total) ? total : `"${total}"`;
  const body = sane.body.replace(
    /("(?:total|total_count|count|totalItems|total_pages|totalCount)":)\d+/g,
    (_, name: string) => name + written,
  );
  return { ...sane, headers, body };
}
