import { ShopError } from '../../ports/shop-error.ts';
import { readRows } from '../decode.ts';
import type { HttpResponse } from '../http-response.ts';
import { type MagentoStore, storeSchema } from './schema.ts';
import type { MagentoApi } from './session/api.ts';

const doing = 'asking who the shop is';

export type Stores = {
  /** The store view that is read. */
  readonly store?: MagentoStore;
  /** The shop's first one, whichever is read: it says which shop this is. */
  readonly main?: MagentoStore;
  readonly reply?: HttpResponse;
};
const kept = new WeakMap<MagentoApi, Stores>();

/** The settings of the store view that is read; nothing where the key may not see them. Asked once, and `again` before each full reading. */
export async function storeOf(api: MagentoApi, signal: AbortSignal, again = false): Promise<Stores> {
  const known = kept.get(api);
  if (known !== undefined && !again) return known;
  const stores = await askStores(api, signal);
  kept.set(api, stores);
  return stores;
}

async function askStores(api: MagentoApi, signal: AbortSignal): Promise<Stores> {
  try {
    const { body, reply } = await api.must({ path: 'store/storeConfigs', doing }, signal);
    // A shop has one store view at the least: without any it is another program that answers.
    if (!Array.isArray(body) || body.length === 0) {
      throw api.trouble('unintelligible', { doing, status: reply.status, said: reply.text.slice(0, 400) });
    }
    const { rows } = readRows(storeSchema, body);
    const wanted = api.options.store;
    const chosen = rows.find((row) => row.code === wanted);
    if (wanted !== undefined && chosen === undefined) {
      throw api.trouble('refused', { doing, found: `there is no store view ${wanted}` });
    }
    const main = rows.find((row) => row.id === '1') ?? rows.find((row) => row.code !== 'admin');
    return { store: chosen ?? main, main, reply };
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'forbidden') return {};
    throw error;
  }
}

/** The store's own address without scheme: a copy of the shop elsewhere says another. */
export const identityOf = ({ main }: Stores): string | undefined =>
  (main?.secure_base_url ?? main?.base_url)
    ?.replace(/^[a-z]+:\/\//i, '')
    .replace(/\/+$/, '')
    .toLowerCase();

/** Refuses to go on when another shop answers than the one that was added: its ids would mean other things. */
export async function sameShop(api: MagentoApi, signal: AbortSignal, again = false): Promise<Stores> {
  const stores = await storeOf(api, signal, again);
  const wanted = api.shop.identity ?? '';
  const identity = identityOf(stores);
  if (wanted === '' || identity === wanted) return stores;
  if (identity === undefined) {
    const found = 'without its settings nobody can tell which shop answers';
    throw api.trouble('forbidden', { doing, permission: 'Magento_Backend::store', found });
  }
  throw api.trouble('another-shop', { doing, found: `it calls itself ${identity}` });
}
