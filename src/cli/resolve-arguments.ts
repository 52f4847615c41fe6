import { productsOf, type StoredEvent } from '../domain/event.ts';
import { type ProductId, parseSku, type ShopId } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import type { Shop } from '../domain/shop.ts';
import { Refusal } from '../services/dependencies/refusal.ts';
import { type FormatContext, formatContext, longName, shortName } from '../views/format/format-context.ts';
import { visibleSeparators } from '../views/text/visible-text.ts';
import type { Words } from '../views/words/words.ts';
import type { Session } from './command-context.ts';
import { UsageError } from './usage-error.ts';

/** The shop that was named, whatever its case. Rejects with a `Refusal` where there is none. */
export async function resolveShop(session: Session, text: string): Promise<Shop> {
  const shops = await session.services.shops.all();
  const found = shops.find(({ id }) => id === text) ?? shops.find(({ id }) => id.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw new Refusal('unknown-shop', { shop: text });
  return found;
}

/** The shop that was named, if one was. */
export const resolveOptionalShop = async (session: Session, text: string | undefined): Promise<ShopId | undefined> =>
  text === undefined ? undefined : (await resolveShop(session, text)).id;

/** The shops that were named, in that order. */
export const resolveShops = async (
  session: Session,
  texts: readonly string[],
): Promise<readonly ShopId[] | undefined> =>
  texts.length === 0 ? undefined : Promise.all(texts.map(async (text) => (await resolveShop(session, text)).id));

/** The one product that an identifier names. Several are for the person to choose from. */
export async function resolveProduct(session: Session, text: string): Promise<Product> {
  const found = await session.services.lookup.identify(text);
  const [only, another] = found;
  if (only === undefined) throw await unknownProduct(session, text);
  if (another === undefined) return only;
  const names = found.slice(0, 5).map((product) => `${shortName(product, session.words)} (${product.id})`);
  throw new UsageError(session.words.cli.severalMeant(text), session.words.cli.severalNamed(names.join(', ')));
}

/** Nothing is named so: what may have been meant is proposed, and never taken. */
async function unknownProduct({ services, words }: Session, text: string): Promise<Refusal> {
  const { near } = await services.lookup.search(text, 1);
  const names = near.flatMap(({ product }) => (product === undefined ? [] : [shownName(product, words)]));
  return new Refusal('unknown-product', { product: text, ...(names.length === 0 ? {} : { near: names.join(', ') }) });
}

/** A product by its number and name; what parts the number from another may be nothing that is seen. */
export const shownName = (product: Product, words: Words): string => {
  const sku = product.sku === undefined ? undefined : parseSku(visibleSeparators(product.sku));
  return longName({ ...product, sku }, words);
};

/** What sentences need: the words, the time, the shops by name, and products by theirs. */
export async function makeFormatContext(session: Session, products: readonly Product[] = []): Promise<FormatContext> {
  const shops = await session.services.shops.all();
  const { words, services, settings } = session;
  const base = {
    words,
    now: services.now(),
    get timeZone() {
      return settings.timeZone;
    },
  };
  return formatContext(base, { shops, products, sources: services.warehouse.drivers() });
}

/** The products that ids name, each asked for once. */
export const loadProducts = (session: Session, ids: readonly ProductId[]): Promise<readonly Product[]> =>
  session.services.lookup.products([...new Set(ids)]);

/** The products that events tell of. */
export const productsInEvents = (session: Session, events: readonly StoredEvent[]): Promise<readonly Product[]> =>
  loadProducts(session, events.flatMap(productsOf));
