import type { Instant } from '../../domain/ids.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import { refuseBroken } from '../driver-parts/rows/broken-row.ts';
import type { Operation } from './description.ts';
import { itemsIn, readProduct, undelivered, variantSchema, type WebshopProduct } from './schema.ts';
import type { Question, Session, Setup, WebshopApi } from './session.ts';

const product = [
  'Id',
  'ItemNumber',
  'Ean',
  'Status',
  'Online',
  'Stock',
  'DisableOnEmpty',
  'CallForPrice',
  'Price',
  'Title',
  'Description',
  'AutoStock',
  'OutOfStockBuy',
  'LanguageAccess',
  'PacketProducts',
  'Pictures',
  'Variants',
  'DateCreated',
  'DateUpdated',
];
const variant = ['Id', 'ProductId', 'ItemNumber', 'Ean', 'Status', 'Stock', 'DisableOnEmpty', 'Price', 'Title'];
const thin = ['Id', 'ItemNumber', 'Status', 'Stock', 'AutoStock', 'Variants'];
const thinVariant = ['Id', 'ProductId', 'ItemNumber', 'Status', 'Stock'];

const doing = 'choosing fields';

const fields = (
  operation: 'Product_SetFields' | 'Product_SetVariantFields' | 'Order_SetFields' | 'Order_SetOrderLineFields',
  names: readonly string[],
): Question => ({ operation, given: { Fields: names.join(',') }, doing });

/** One field that a shop does not know faults the whole choice, so the choice is tried without it as well. */
const alternatives = (
  operation: 'Product_SetFields' | 'Product_SetVariantFields',
  wanted: { readonly names: readonly string[]; readonly extra: readonly string[] },
): readonly Question[] => {
  const { names, extra } = wanted;
  const sets = [extra, ...extra.map((left) => extra.filter((one) => one !== left)), []];
  const distinct = new Map(sets.map((set) => [set.join(), set]));
  return [...distinct.values()].map((set) => fields(operation, [...names, ...set]));
};

const common = (api: WebshopApi): Setup => [
  // "abc" and "ABC" are two item numbers.
  [{ operation: 'Solution_SetCaseSensitiveItemNumber', given: { Enabled: 'true' }, doing }],
  ...(api.options.language === undefined
    ? []
    : [[{ operation: 'Solution_SetLanguage' as const, given: { LanguageISO: api.options.language }, doing }]]),
];

/** What a session is told after its login. `TypeLabel` is documented and in no description; locations are a module. */
export const productSetup = (api: WebshopApi): Setup => [
  ...common(api),
  alternatives('Product_SetFields', { names: product, extra: [...locations(api), 'TypeLabel'] }),
  alternatives('Product_SetVariantFields', { names: variant, extra: locations(api) }),
];
export const stockSetup = (api: WebshopApi): Setup => [
  ...common(api),
  alternatives('Product_SetFields', { names: thin, extra: locations(api) }),
  alternatives('Product_SetVariantFields', { names: thinVariant, extra: locations(api) }),
];
export const orderSetup: Setup = [
  [fields('Order_SetFields', ['Id', 'Status', 'Total', 'DateUpdated', 'OrderLines'])],
  [fields('Order_SetOrderLineFields', ['ProductId', 'VariantId', 'ItemNumber', 'Amount'])],
];
const locations = (api: WebshopApi): readonly string[] =>
  api.options.stockLocation === undefined ? [] : ['StockLocations'];

/** The sessions of one shop: which fields come is a matter of the session, so what wants others has its own. */
export type Sessions = {
  readonly api: WebshopApi;
  readonly products: Session;
  readonly stock: Session;
  readonly orders: Session;
};

export type RawBatch = { readonly rows: readonly unknown[]; readonly date: Instant | undefined };

/**
 * Products as they came. A field that is missing on every row was not delivered: a session that was lost in silence
 * answers with ids only, and would make every product look switched off. A new login is tried, and then it is an error.
 */
export async function rawProducts<Name extends Operation>(
  { api, session }: { readonly api: WebshopApi; readonly session: Session },
  question: Question<Name>,
  signal: AbortSignal,
): Promise<RawBatch> {
  for (const last of [false, true]) {
    const { value, date } = await session.must(question, signal);
    const rows = itemsIn(value);
    const missing = undelivered(rows);
    if (missing === undefined) return { rows, date };
    if (last) {
      throw api.trouble('unintelligible', { doing: question.doing, found: `the shop delivers no field ${missing}` });
    }
    session.end();
  }
  return { rows: [], date: undefined };
}

/** Rows as products; what cannot be read is named. */
export function readBatch(
  api: WebshopApi,
  rows: readonly unknown[],
): { readonly products: readonly WebshopProduct[]; readonly broken: readonly BrokenRow[] } {
  const each = rows.map((row) => readProduct(row, api.options.timeZone));
  return {
    products: each.flatMap(({ product: one }) => one ?? []),
    broken: each.flatMap(({ broken }) => broken),
  };
}

const maxIds = 100;

type Asked = { readonly ids: readonly string[]; readonly doing: string };

/** These products, by id; those the shop does not know are missing. What cannot be read is an error: it is not absent. */
export async function productsById(
  sessions: Sessions,
  asked: Asked,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, WebshopProduct>> {
  const { found, broken } = await readProducts(sessions, asked, signal);
  refuseBroken(sessions.api, broken, asked.doing);
  return found;
}

/** The same, and what of them cannot be read. */
export async function readProducts(
  { api, products }: Sessions,
  { ids, doing: what }: Asked,
  signal: AbortSignal,
): Promise<{ readonly found: ReadonlyMap<string, WebshopProduct>; readonly broken: readonly BrokenRow[] }> {
  const found = new Map<string, WebshopProduct>();
  const broken: BrokenRow[] = [];
  for (let from = 0; from < ids.length; from += maxIds) {
    const given = { ProductIds: ids.slice(from, from + maxIds) };
    const question = { operation: 'Product_GetByIds' as const, given, doing: what };
    const { rows } = await rawProducts({ api, session: products }, question, signal);
    const read = readBatch(api, rows);
    broken.push(...read.broken);
    for (const one of read.products) found.set(one.Id, one);
  }
  return { found, broken };
}

/** The ids of the products that these variants lie under now, by variant; those the shop does not know are missing. */
export async function productsOfVariants(
  { products }: Sessions,
  asked: { readonly ids: readonly string[]; readonly doing: string },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for (const id of asked.ids) {
    const question = { operation: 'Product_GetVariantById' as const, given: { VariantId: id }, doing: asked.doing };
    const answer = await products.ask(question, signal);
    const read = answer.ok ? variantSchema.safeParse(answer.value) : undefined;
    if (read?.success && read.data.Id === id && read.data.ProductId !== undefined) found.set(id, read.data.ProductId);
  }
  return found;
}

type Figure = {
  readonly productId: string;
  readonly variantId?: string;
  readonly Stock: string;
  readonly doing: string;
};

/** The call that sets one figure: of the product or the variant, or of the chosen location; by id, and with nothing else. */
export function figureQuestion(
  { options }: WebshopApi,
  { productId, variantId, Stock, doing: what }: Figure,
): Question {
  const { stockLocation: StockLocationId } = options;
  if (StockLocationId === undefined) {
    return variantId === undefined
      ? { operation: 'Product_Update', given: { ProductData: { Id: productId, Stock } }, doing: what }
      : { operation: 'Product_UpdateVariant', given: { VariantData: { Id: variantId, Stock } }, doing: what };
  }
  if (variantId === undefined) {
    const given = { ProductId: productId, StockLocationId, Stock };
    return { operation: 'Product_UpdateStockForStockLocation', given, doing: what };
  }
  const given = { VariantId: variantId, StockLocationId, Stock };
  return { operation: 'Product_UpdateVariantStockForStockLocation', given, doing: what };
}
