import type { Answer, MedusaApi } from './api.ts';
import { type MedusaStore, storesSchema } from './wire.ts';

/** The store that answers. Its id was made with the shop and is nobody else's. */
export async function askStore(api: MedusaApi, signal: AbortSignal): Promise<Answer<MedusaStore>> {
  const question = {
    path: 'stores',
    query: { fields: 'id,name,*supported_currencies', order: 'id', limit: '1' },
    schema: storesSchema,
    doing: 'asking who the shop is',
  };
  const { data, ...pauseFor } = await api.ask(question, signal);
  const [store] = data.stores;
  if (store === undefined) throw api.trouble('unintelligible', { doing: question.doing, found: 'it has no store' });
  return { data: store, ...pauseFor };
}

const proven = new WeakSet<MedusaApi>();

/**
 * Refuses to go on when another shop answers than the one that was added: its ids would mean other things.
 * Asked once, and `again` before each full reading and before anything counts as gone.
 */
export async function sameShop(api: MedusaApi, signal: AbortSignal, again = false): Promise<void> {
  const { identity } = api.shop;
  if (identity === undefined || (proven.has(api) && !again)) return;
  const { data } = await askStore(api, signal);
  if (data.id !== identity) {
    throw api.trouble('another-shop', { doing: 'asking who the shop is', found: `its store is ${data.id}` });
  }
  proven.add(api);
}
