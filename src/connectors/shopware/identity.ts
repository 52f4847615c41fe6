import { readRow } from '../decode.ts';
import type { ShopwareApi } from './api.ts';
import { configSchema } from './schema.ts';

const doing = 'asking who the shop is';

/** What the shop says of itself; every key may ask it. */
export async function askConfig(api: ShopwareApi, signal: AbortSignal) {
  const { body, reply } = await api.must({ path: '_info/config', doing }, signal);
  const read = readRow(configSchema, body);
  if (!read.ok) {
    throw api.trouble('unintelligible', { doing, status: reply.status, said: reply.text.slice(0, 400) });
  }
  const { shopId, settings, version } = read.value;
  // The best first. A shop known by what older editions say is known again after it was updated.
  const names = [shopId, settings?.firstMigrationDate, new URL(api.shop.url).host];
  return { names: names.filter((name) => name !== undefined), version, reply };
}

const proven = new WeakSet<ShopwareApi>();

/**
 * Refuses to go on when another shop answers than the one that was added. Asked once, and `again` before each full
 * reading.
 */
export async function sameShop(api: ShopwareApi, signal: AbortSignal, again = false): Promise<void> {
  const { identity } = api.shop;
  if (identity === undefined || (proven.has(api) && !again)) return;
  const { names } = await askConfig(api, signal);
  if (!names.includes(identity)) {
    throw api.trouble('another-shop', { doing, found: `it calls itself ${names[0]}` });
  }
  proven.add(api);
}
