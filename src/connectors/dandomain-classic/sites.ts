import { z } from 'zod';
import type { Instant } from '../../domain/ids.ts';
import { line, readRow, readRows } from '../decode.ts';
import type { HttpResponse } from '../http-response.ts';
import type { ClassicApi } from './api.ts';
import { type ClassicSite, siteSchema } from './schema.ts';

const doing = 'asking who the shop is';

/** What the shop says of itself: its sites, and who runs it where the key may see that. */
export type ShopInfo = {
  readonly sites: readonly ClassicSite[];
  readonly company?: string;
  readonly date?: Instant;
};

export async function readShopInfo(api: ClassicApi, signal: AbortSignal): Promise<ShopInfo> {
  const { sites, reply } = await listSites(api, signal);
  const [first] = sites;
  const company = first === undefined ? undefined : await companyOf(api, first.id, signal);
  return { sites, company, date: reply.date };
}

async function listSites(
  api: ClassicApi,
  signal: AbortSignal,
): Promise<{ readonly sites: readonly ClassicSite[]; readonly reply: HttpResponse }> {
  const { rows, reply } = await api.list({ service: 'SettingService', path: 'Sites', doing }, signal);
  const { rows: sites } = readRows(siteSchema, rows);
  // A shop has at least one site: an answer without any is not a shop's.
  if (sites.length === 0) {
    throw api.trouble('unintelligible', { doing, status: reply.status, found: 'the shop names no site' });
  }
  return { sites: sites.toSorted((a, b) => Number(a.id) - Number(b.id)), reply };
}

const companySchema = z.object({ name: line.optional(), companyName: line.optional(), company: line.optional() });

/** The firm behind a site. A key without this right leaves the sites alone to tell shops apart. */
async function companyOf(api: ClassicApi, site: string, signal: AbortSignal): Promise<string | undefined> {
  const answer = await api.ask({ service: 'SettingService', path: `CompanyInfo/${site}`, doing }, signal);
  if (!answer.ok) {
    const error = api.errorOf(answer);
    if (error.temporary || error.kind === 'unauthorized') throw error;
    return undefined;
  }
  const read = readRow(companySchema, answer.body);
  return read.ok ? (read.value.companyName ?? read.value.company ?? read.value.name) : undefined;
}

/** The firm's name, or the numbers of the sites. The address is no part of it: a shop may move. */
export const identityOf = ({ company, sites }: ShopInfo): string =>
  company?.toLowerCase() ?? `sites ${sites.map((site) => site.id).join(' ')}`;

const knownSites = new WeakMap<ClassicApi, string>();

/** The site whose visibility, name and price count: the one that was chosen, else the shop's first. */
export async function siteOf(api: ClassicApi, signal: AbortSignal): Promise<string> {
  const known = api.options.site ?? knownSites.get(api);
  if (known !== undefined) return known;
  const { sites } = await listSites(api, signal);
  const site = sites[0]?.id ?? '';
  knownSites.set(api, site);
  return site;
}

const proven = new WeakSet<ClassicApi>();

/**
 * Refuses to go on when another shop answers than the one that was added: its ids would mean other things. It asks
 * with the key, so it also proves that the API is there and lets us in. Asked once, and `again` before each reading.
 */
export async function sameShop(api: ClassicApi, signal: AbortSignal, again = false): Promise<void> {
  if (proven.has(api) && !again) return;
  const info = await readShopInfo(api, signal);
  const identity = identityOf(info);
  if (api.shop.identity !== undefined && identity !== api.shop.identity) {
    throw api.trouble('another-shop', { doing, found: `it calls itself ${identity}` });
  }
  proven.add(api);
}
