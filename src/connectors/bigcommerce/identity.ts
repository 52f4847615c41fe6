import { ShopError } from '../../ports/shop-error.ts';
import { readRow } from '../decode.ts';
import { type BigCommerceApi, scopes } from './api.ts';
import { storeSchema } from './schema.ts';

const doing = 'asking who the shop is';

/** What the store says of itself; its id is the hash that its addresses are made of. */
export async function askStore(api: BigCommerceApi, signal: AbortSignal) {
  const { body, reply } = await api.must({ path: 'v2/store', doing, scope: scopes.information }, signal);
  const read = readRow(storeSchema, body);
  if (read.ok && read.value.id !== undefined) return { store: { ...read.value, id: read.value.id }, reply };
  throw api.trouble('unintelligible', { doing, status: reply.status, said: reply.text.slice(0, 400) });
}

const proven = new WeakSet<BigCommerceApi>();

/**
 * Refuses to go on when another store answers than the one that was added. Asked once, and `again` before each full
 * reading. Where the key may not ask, the hash in the address is who answers: api.bigcommerce.com lets a key in under
 * the hash of its own store alone, and another address with another hash is another shop.
 */
export async function sameShop(api: BigCommerceApi, signal: AbortSignal, again = false): Promise<void> {
  const { identity } = api.shop;
  if (identity === undefined || (proven.has(api) && !again)) return;
  const id = await askStore(api, signal).then(
    ({ store }) => store.id,
    (error: unknown) => {
      if (error instanceof ShopError && error.kind === 'forbidden') return api.storeHash;
      throw error;
    },
  );
  if (id !== identity) throw api.trouble('another-shop', { doing, found: `it calls itself ${id}` });
  proven.add(api);
}
