import { productsOf, type StoredEvent } from '../domain/event.ts';
import type { ProductId, ShopId } from '../domain/ids.ts';
import type { Product } from '../domain/product.ts';
import type { Shop } from '../domain/shop.ts';
import { Refusal } from '../services/services.ts';
import { shortName, type Telling, telling } from '../views/telling.ts';
import type { Session } from './session.ts';
import { UsageError } from './usage-error.ts';

/** The shop that was named, whatever its case. Rejects with a `Refusal` where there is none. */
export async function pickShop(session: Session, text: string): Promise<Shop> {
  const shops = await session.services.shops();
  const found =
    shops.find(({ shop }) => shop.id === text) ??
    shops.find(({ shop }) => shop.id.toLowerCase() === text.toLowerCase());
  if (found === undefined) throw new Refusal('unknown-shop', { shop: text });
  return found.shop;
}

/** The shop that was named, if one was. */
export const pickShopIfAny = async (session: Session, text: string | undefined): Promise<ShopId | undefined> =>
  text === undefined ? undefined : (await pickShop(session, text)).id;

/** The shops that were named, in that order. */
export const pickShops = async (session: Session, texts: readonly string[]): Promise<readonly ShopId[] | undefined> =>
  texts.length === 0 ? undefined : Promise.all(texts.map(async (text) => (await pickShop(session, text)).id));

/** The one product that an identifier names. Several are for the person to choose from. */
export async function pickProduct(session: Session, text: string): Promise<Product> {
  const found = await session.services.identify(text);
  const [only, another] = found;
  if (only === undefined) throw new Refusal('unknown-product', { product: text });
  if (another === undefined) return only;
  const names = found.slice(0, 5).map((product) => `${shortName(product, session.words)} (${product.id})`);
  throw new UsageError(session.words.cli.severalMeant(text), session.words.cli.severalNamed(names.join(', ')));
}

/** What sentences need: the words, the time, the shops by name, and products by theirs. */
export async function tell(session: Session, products: readonly Product[] = []): Promise<Telling> {
  const shops = (await session.services.shops()).map(({ shop }) => shop);
  return telling(
    { words: session.words, now: session.services.now(), timeZone: session.settings.timeZone },
    { shops, products },
  );
}

/** The products that ids name, each asked for once. */
export const productsNamed = (session: Session, ids: readonly ProductId[]): Promise<readonly Product[]> =>
  session.services.products([...new Set(ids)]);

/** The products that events tell of. */
export const productsIn = (session: Session, events: readonly StoredEvent[]): Promise<readonly Product[]> =>
  productsNamed(session, events.flatMap(productsOf));
