import { readRow } from '../decode.ts';
import type { WooApi } from './api.ts';
import { siteFields, siteSchema, type WooSite } from './schema.ts';

/** What the site says of itself. Needs no key, so it is asked without doubt about one. */
export async function askSite(api: WooApi, signal: AbortSignal) {
  const question = { path: '', query: { _fields: siteFields }, doing: 'asking who the shop is' };
  const { body, reply } = await api.must(question, signal);
  const read = readRow(siteSchema, body);
  if (!read.ok) {
    throw api.trouble('unintelligible', {
      doing: question.doing,
      status: reply.status,
      said: reply.text.slice(0, 400),
    });
  }
  return { site: read.value, reply };
}

/** The site's own address without scheme: a copy of the shop elsewhere, or another shop here, says another. */
export const identityOf = (site: WooSite): string =>
  (site.home ?? site.url ?? '')
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/\/+$/, '')
    .toLowerCase();

const proven = new WeakSet<WooApi>();

/**
 * Refuses to go on when another shop answers than the one that was added: its ids would mean other things.
 * Asked once, and `again` before each full reading.
 */
export async function sameShop(api: WooApi, signal: AbortSignal, again = false): Promise<void> {
  if (api.shop.identity === undefined || (proven.has(api) && !again)) return;
  const { site } = await askSite(api, signal);
  const identity = identityOf(site);
  if (identity !== '' && identity !== api.shop.identity) {
    throw api.trouble('another-shop', { doing: 'asking who the shop is', said: `it calls itself ${identity}` });
  }
  proven.add(api);
}
