import { z } from 'zod';
import type { BrokenRow, LocationChoice } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { readRows } from '../decode.ts';
import { type BigCommerceApi, scopes } from './api.ts';
import { type Location, type LocationItem, locationItemSchema, locationSchema } from './schema.ts';

/** The option under which a person's choice of location is kept: its id. */
export const locationOption = 'location';

/** All locations, by id. */
export async function allLocations(api: BigCommerceApi, signal: AbortSignal): Promise<readonly Location[]> {
  const question = { path: 'v3/inventory/locations', doing: 'reading locations', scope: scopes.locations };
  const found = new Map<string, Location>();
  for (let page = 1, lastPage = 1; page <= lastPage; page += 1) {
    const answer = await api.list({ ...question, query: { limit: '250', page: String(page) } }, signal);
    for (const location of readRows(locationSchema, answer.rows).rows) found.set(location.id, location);
    lastPage = Math.min(answer.lastPage ?? 1, 40);
  }
  return [...found.values()];
}

/** Those that are in use, as a person names them. */
export const locationsInUse = async (api: BigCommerceApi, signal: AbortSignal): Promise<readonly LocationChoice[]> =>
  (await allLocations(api, signal))
    .filter((location) => location.enabled !== false)
    .map(({ id, label, code }) => ({ id, name: label ?? code }));

/** The location that gets a figure: the one that is `told`, if it is in use still, else ours. */
export const targetLocation = async (
  api: BigCommerceApi,
  told: string | undefined,
  signal: AbortSignal,
): Promise<string | undefined> =>
  told === undefined ? ourLocation(api, signal) : (await locationsInUse(api, signal)).find(({ id }) => id === told)?.id;

/**
 * Where our figure is written: the chosen location, else the store's default one, which is also the one whose figures
 * the catalog tells. Nothing where neither is known: a figure is never written at a place that was guessed.
 */
async function ourLocation(api: BigCommerceApi, signal: AbortSignal): Promise<string | undefined> {
  const chosen = api.shop.options[locationOption];
  if (chosen !== undefined) return chosen;
  const query = { is_default: 'true', limit: '250' };
  const question = { path: 'v3/inventory/locations', query, doing: 'reading locations', scope: scopes.locations };
  try {
    const { rows } = readRows(locationSchema, (await api.list(question, signal)).rows);
    return rows.length === 1 ? rows[0]?.id : undefined;
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'forbidden') return undefined;
    throw error;
  }
}

/** What lies at one location, by `v` and the id of a variant, or `p` and that of a product that counts as a whole. */
export type Figures = ReadonlyMap<string, LocationItem>;

/** Figures that stand in place of the catalog's: those of the chosen location, or of each that is told one. */
export type ShopFigures = { readonly chosen?: Figures; readonly byLocation?: ReadonlyMap<string, Figures> };

const maxIds = 1000;
/** Ids in one address: more of them make it longer than proxies take. */
const idsAtOnce = 250;

type Asked = {
  readonly location: string;
  readonly filter: 'variant_id:in' | 'product_id:in';
  readonly ids: readonly string[];
};

/** Reads figures at a location; nothing when the store has no such location. */
export async function figuresAt(
  api: BigCommerceApi,
  asked: Asked & { readonly doing: string },
  signal: AbortSignal,
): Promise<{ readonly figures: Figures; readonly broken: readonly BrokenRow[] } | undefined> {
  const figures = new Map<string, LocationItem>();
  const broken: BrokenRow[] = [];
  for (let from = 0; from < asked.ids.length; from += idsAtOnce) {
    const ids = asked.ids.slice(from, from + idsAtOnce).join(',');
    for (let page = 1, lastPage = 1; page <= lastPage; page += 1) {
      const query = { [asked.filter]: ids, limit: String(maxIds), page: String(page) };
      const path = `v3/inventory/locations/${encodeURIComponent(asked.location)}/items`;
      const answer = await api.ask({ path, query, doing: asked.doing, scope: scopes.stock }, signal);
      if (!answer.ok && answer.problem.status === 404 && answer.problem.said !== undefined) return undefined;
      if (!answer.ok) throw answer.error;
      const read = readItems(api, answer.body, asked.doing);
      for (const item of read.rows) for (const key of keysOf(item)) figures.set(key, item);
      broken.push(...read.broken);
      // Where a proxy took the totals away, only an empty page ends it.
      lastPage = read.pages ?? (read.sent === 0 ? page : page + 1);
    }
  }
  return { figures, broken };
}

const pagination = z.object({ total_pages: z.number().int().max(1000).optional() }).optional();
const itemsSchema = z.object({
  data: z.array(z.unknown()),
  meta: z.object({ pagination }).optional().catch(undefined),
});

const keysOf = ({ identity }: LocationItem): readonly string[] => [
  ...(identity.variant_id === undefined ? [] : [`v${identity.variant_id}`]),
  ...(identity.product_id === undefined ? [] : [`p${identity.product_id}`]),
];

function readItems(api: BigCommerceApi, body: unknown, doing: string) {
  const held = itemsSchema.safeParse(body);
  if (!held.success) throw api.trouble('unintelligible', { doing, found: 'an answer without a list' });
  const { data, meta } = held.data;
  return { ...readRows(locationItemSchema, data), sent: data.length, pages: meta?.pagination?.total_pages };
}
