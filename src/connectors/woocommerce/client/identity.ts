import { z } from 'zod';
import { ShopError } from '../../../ports/shop-error.ts';
import { readRow } from '../../decode.ts';
import { siteFields, siteSchema, systemSchema, type WooSite } from '../schema.ts';
import type { WooApi } from './api.ts';

const doing = 'asking who the shop is';

/** What the site says of itself. Needs no key, so it is asked without doubt about one. */
export async function askSite(api: WooApi, signal: AbortSignal) {
  const question = { path: '', query: { _fields: siteFields }, doing };
  const { body, reply } = await api.must(question, signal);
  const read = readRow(siteSchema, body);
  // A plug-in that empties the front leaves an answer that says nothing.
  if (!read.ok || (read.value.namespaces.length === 0 && identityOf(read.value) === '')) {
    throw api.trouble('unintelligible', { doing, status: reply.status, said: reply.text.slice(0, 400) });
  }
  sites.set(api, read.value);
  return { site: read.value, reply };
}

const sites = new WeakMap<WooApi, WooSite>();

/**
 * The same, and nothing where the front of the API is closed, in whatever way a plug-in closes it (401, a login page,
 * a way to one, "no such route"): the shop behind it may answer all the same, and else says itself what is wrong.
 */
export async function askSiteBehindWall(api: WooApi, signal: AbortSignal) {
  try {
    return await askSite(api, signal);
  } catch (error) {
    if (error instanceof ShopError && isWall(error)) return undefined;
    throw error;
  }
}

const walls: ReadonlySet<string> = new Set([
  'unauthorized',
  'forbidden',
  'refused',
  'not-found',
  'moved',
  'unintelligible',
]);
// A certificate that does not hold has no status. A plug-in that breaks the front alone leaves the rest as it is.
const isWall = ({ kind, detail }: ShopError): boolean =>
  (walls.has(kind) && detail.status !== undefined) || detail.status === 500;

/** What the site said of itself last. */
export const knownSite = (api: WooApi): WooSite | undefined => sites.get(api);

const withoutScheme = (address: string): string =>
  address
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/\/+$/, '')
    .toLowerCase();

/** The site's own address without scheme: a copy of the shop elsewhere, or another shop here, says another. */
export const identityOf = (site: Pick<WooSite, 'home' | 'url'>): string => withoutScheme(site.home ?? site.url ?? '');

const linked = z.object({ _links: z.object({ self: z.tuple([z.object({ href: z.string() })]).rest(z.unknown()) }) });

/** The same out of a row: its link to itself begins with the site's own address, whatever address was called. */
export function identityIn(row: unknown): string | undefined {
  const read = linked.safeParse(row);
  const href = read.success ? read.data._links.self[0].href : undefined;
  const home = /^(https?:\/\/[^?#]*?)\/(?:wp-json\/|index\.php\?rest_route=|\?rest_route=)/i.exec(href ?? '')?.[1];
  return home === undefined ? undefined : withoutScheme(home);
}

/**
 * Refuses an answer of another shop than the one that was added: its ids would mean other things. The rows of the
 * answer say whose they are; where there are none, or they are in doubt, the site is asked.
 */
export async function sameShop(api: WooApi, rows: readonly unknown[], signal: AbortSignal): Promise<void> {
  const { identity } = api.shop;
  if (identity === undefined) return;
  const inRows = identityIn(rows[0]);
  if (inRows === identity) return;
  const answered = (await identityOfSite(api, signal)) ?? inRows;
  if (answered === identity) return;
  if (answered === undefined) throw api.trouble('unintelligible', { doing, found: 'the shop does not say who it is' });
  throw api.trouble('another-shop', { doing, found: `it calls itself ${answered}` });
}

/** Who the site says it is; behind a wall, what its settings say. Nothing where neither may be read. */
export async function identityOfSite(api: WooApi, signal: AbortSignal): Promise<string | undefined> {
  const answer = await askSiteBehindWall(api, signal);
  const ofSite = answer === undefined ? '' : identityOf(answer.site);
  if (ofSite !== '') return ofSite;
  if (answer !== undefined) return undefined;
  const system = await api.ask({ path: 'wc/v3/system_status', query: { _fields: 'environment' }, doing }, signal);
  const inSystem = system.ok ? identityInSystem(system.body) : undefined;
  return inSystem ?? identityOfProduct(api, signal);
}

/** Who any product says that it belongs to; nothing where there is none, or none may be read. */
async function identityOfProduct(api: WooApi, signal: AbortSignal): Promise<string | undefined> {
  const query = { per_page: '1', _fields: 'id,_links' };
  const products = await api.ask({ path: 'wc/v3/products', query, doing }, signal);
  return products.ok && Array.isArray(products.body) ? identityIn(products.body[0]) : undefined;
}

export function identityInSystem(body: unknown): string | undefined {
  const read = readRow(systemSchema, body);
  const address = read.ok ? read.value.environment?.home_url : undefined;
  return address === undefined ? undefined : withoutScheme(address);
}
