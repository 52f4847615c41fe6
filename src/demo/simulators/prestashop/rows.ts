import type { FakeShop } from '../fake-shop.ts';
import { pictureId } from '../pictures.ts';
import type { FakeProduct, FakeVariant } from '../shelf.ts';
import { offsetAt } from '../woocommerce/rows.ts';

/** Numbers that the platform gives out by itself, counted per shop in the order in which they are first seen. */
type Numbers = { readonly stock: WeakMap<object, number>; readonly values: Map<string, number>; next: number };
const numbers = new WeakMap<FakeShop, Numbers>();
const numbersOf = (shop: FakeShop): Numbers => {
  const known = numbers.get(shop) ?? { stock: new WeakMap(), values: new Map(), next: 1 };
  numbers.set(shop, known);
  return known;
};
function stockIdOf(shop: FakeShop, thing: object): number {
  const known = numbersOf(shop);
  const id = known.stock.get(thing) ?? known.next;
  if (!known.stock.has(thing)) {
    known.stock.set(thing, id);
    known.next += 1;
  }
  return id;
}
function valueIdOf(shop: FakeShop, word: string): number {
  const { values } = numbersOf(shop);
  const id = values.get(word) ?? values.size + 1;
  values.set(word, id);
  return id;
}

/** The database's clock is the shop's own: no zone, whole seconds. */
export const localTime = (shop: FakeShop, at: number): string =>
  new Date(at + offsetAt(shop.timeZone, at)).toISOString().slice(0, 19).replace('T', ' ');

/** Two languages as rows, one as plain text. */
const texts = (text: string, languages: number): unknown =>
  languages === 1
    ? text
    : [
        { id: '1', value: text },
        { id: '2', value: '' },
      ];

export const withCombinations = (product: FakeProduct): boolean => product.kind === 'variable';

/** There is no archive and no trash: what is not shown is `active` 0, and a draft of the back office `state` 0. */
function statusOf(product: FakeProduct): { readonly active: string; readonly state: number } {
  const { status } = product;
  if (status === 'draft') return { active: '0', state: 0 };
  if (['archived', 'private', 'trashed'].includes(status)) return { active: '0', state: 1 };
  return { active: status === 'active' || status === 'unlisted' ? '1' : status, state: 1 };
}

const types: Readonly<Record<string, string>> = { bundle: 'pack', variable: 'combinations' };
const unreadable = (shop: FakeShop, id: string): boolean => shop.temper.brokenRows.has(id);

export type Languages = { readonly languages: number };
export type Row = Readonly<Record<string, unknown>>;

export function productRow(shop: FakeShop, product: FakeProduct, { languages }: Languages): Row {
  const [single] = product.variants;
  const own = withCombinations(product) ? undefined : single;
  const reference = (withCombinations(product) ? product.sku : own?.sku) ?? '';
  const { active, state } = statusOf(product);
  return {
    id: Number(product.id),
    id_default_image: product.image === undefined ? '' : pictureId(product),
    id_default_combination: withCombinations(product) ? Number(single?.id ?? 0) : 0,
    quantity: '0',
    type: product.kind === 'bundle' ? 'pack' : 'simple',
    product_type: types[product.kind] ?? 'standard',
    // A sale takes from the pack alone, or as the shop's setting has it.
    pack_stock_type: product.kind === 'bundle' && single?.tracked === true ? '0' : '3',
    reference: unreadable(shop, product.id) ? { error: 'broken' } : reference,
    ean13: own?.barcode ?? '',
    upc: own?.otherBarcode ?? '',
    isbn: '',
    active,
    state,
    available_for_order: '1',
    visibility: product.hidden || product.status === 'unlisted' ? 'none' : 'both',
    price: decimals(own?.price ?? product.variants[0]?.price),
    date_add: localTime(shop, product.createdAt),
    date_upd: localTime(shop, product.updatedAt),
    name: texts(product.title, languages),
    description: texts(product.description, languages),
    description_short: texts('', languages),
    associations: associationsOf(shop, product),
  };
}

const decimals = (price: string | undefined): string => Number(price ?? 0).toFixed(6);

function associationsOf(shop: FakeShop, product: FakeProduct): Row {
  const rows = stockThingsOf(product);
  return {
    ...(withCombinations(product) ? { combinations: product.variants.map(({ id }) => ({ id: Number(id) })) } : {}),
    stock_availables: rows.map(({ variant, thing }) => ({
      id: String(stockIdOf(shop, thing)),
      id_product_attribute: variant?.id ?? '0',
    })),
  };
}

export function combinationRow(shop: FakeShop, product: FakeProduct, variant: FakeVariant): Row {
  const impact = Number(variant.price ?? 0) - Number(product.variants[0]?.price ?? 0);
  return {
    id: Number(variant.id),
    id_product: product.id,
    reference: unreadable(shop, variant.id) ? { error: 'broken' } : (variant.sku ?? ''),
    ean13: variant.barcode ?? '',
    upc: variant.otherBarcode ?? '',
    isbn: '',
    quantity: variant.quantity,
    price: impact.toFixed(6),
    associations: {
      product_option_values: variant.options.map(({ value }) => ({ id: String(valueIdOf(shop, value)) })),
    },
  };
}

export const combinationsIn = (shop: FakeShop) =>
  shop.shelf.filter(withCombinations).flatMap((product) => product.variants.map((variant) => ({ product, variant })));

export const optionValueRows = (shop: FakeShop, { languages }: Languages): readonly Row[] => {
  for (const { variant } of combinationsIn(shop)) for (const { value } of variant.options) valueIdOf(shop, value);
  return [...numbersOf(shop).values].map(([word, id]) => ({ id, name: texts(word, languages) }));
};

/** One row of stock: a product's own (of combination 0, the sum where it has combinations) or a combination's. */
export type StockThing = { readonly product: FakeProduct; readonly variant?: FakeVariant; readonly thing: object };

const stockThingsOf = (product: FakeProduct): readonly StockThing[] => [
  { product, thing: product },
  ...(withCombinations(product) ? product.variants.map((variant) => ({ product, variant, thing: variant })) : []),
];
/** Rows of products that were there once: a deleted product leaves its own behind, a deleted combination does not. */
const left = new WeakMap<FakeShop, Map<string, StockThing>>();

export function stockThings(shop: FakeShop): readonly StockThing[] {
  const known = left.get(shop) ?? new Map<string, StockThing>();
  left.set(shop, known);
  for (const product of shop.shelf) known.set(product.id, { product, thing: product });
  const here = new Set(shop.shelf.map(({ id }) => id));
  const gone = [...known.values()].filter(({ product }) => !here.has(product.id));
  return [...shop.shelf.flatMap(stockThingsOf), ...gone];
}

export const stockId = stockIdOf;

const sumOf = (product: FakeProduct): number => product.variants.reduce((sum, { quantity }) => sum + quantity, 0);

export function stockRow(shop: FakeShop, { product, variant, thing }: StockThing, ofShop: number): Row {
  const own = variant ?? (withCombinations(product) ? undefined : product.variants[0]);
  return {
    id: stockIdOf(shop, thing),
    id_product: product.id,
    id_product_attribute: variant?.id ?? '0',
    id_shop: String(ofShop),
    id_shop_group: '0',
    quantity: String(own === undefined ? sumOf(product) : own.quantity),
    depends_on_stock: own?.followsWarehouses === true ? '1' : '0',
    out_of_stock: '2',
    location: '',
  };
}
