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
      if (goods === 0) return sane;
      return shownAgain(kind === 'repeats' ? 1 : 2, situation);
    case 'millions':
      putUp(shop, goods);
      return overstated(sane);
    default:
      return undefined;
  }
}

/** What a shop has in store when it goes mad. */
export function beginEndless(kind: HostileKind, shop: FakeShop): void {
  if (kind === 'rows' || kind === 'millions') putUp(shop, ahead);
  if (kind === 'repeats' || kind === 'two-pages') putUp(shop, 2 * ahead);
  if (kind === 'variations') addVariants(shop, ahead);
  if (kind === 'orders') sellMore(shop, ordersAtOnce);
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

/** The first page, or the first two in turn, whatever page is asked for. */
function shownAgain(pages: number, { request, sane, repeats }: Situation): FakeResponse {
  const key = `${request.method} ${request.path} ${questionOf(request.body)}`;
  const known = repeats.get(key) ?? { shown: [], asked: 0 };
  repeats.set(key, known);
  if (known.shown.length < pages) known.shown.push(sane);
  const shown = known.shown[known.asked % known.shown.length] ?? sane;
  known.asked += 1;
  return shown;
}

/** What is asked, without where the reading stands. */
const questionOf = (body: string): string =>
  body.replace(/"(after|cursor|searchAfter)"\s*:\s*("[^"]*"|null|\[[^\]]*\])/g, '').replace(/\d+/g, '#');

/** The same with a total of millions, in whatever field or header it stands. */
function overstated(sane: Situation['sane']): FakeResponse {
  const headers = Object.fromEntries(
    Object.entries(sane.headers ?? {}).map(([name, value]) => [name, /total/i.test(name) ? '5000000' : value]),
  );
  const body = sane.body.replace(/("(?:total|total_count|count|totalItems|total_pages|totalCount)":)\d+/g, '$15000000');
  return { ...sane, headers, body };
}
