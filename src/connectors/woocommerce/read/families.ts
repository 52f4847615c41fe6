import pLimit from 'p-limit';
import type { BrokenRow } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { hasNoEnd, maxRowsOf, readingBounds } from '../../reading/reading-bounds.ts';
import type { WooApi } from '../client/api.ts';
import { variationFields, type WooItem } from '../schema.ts';
import { type ItemPage, listItems, productsById } from './items.ts';

/** The variations of one product: those that can be read, and those that cannot. */
export type Family = { readonly items: readonly WooItem[]; readonly broken: readonly BrokenRow[] };

type Wanted = {
  readonly parent: Pick<WooItem, 'id' | 'variations'>;
  readonly withTrash: boolean;
};

/** Calls to one host that a reading has under way at a time. */
const atOnce = 2;

/** All variations of one product, those in the trash too when asked for, and no page that is known to be empty. */
export async function variationsOf(api: WooApi, wanted: Wanted, signal: AbortSignal): Promise<Family> {
  const { parent, withTrash } = wanted;
  const items = new Map<string, WooItem>();
  const broken: BrokenRow[] = [];
  for (const status of withTrash ? ['any', 'trash'] : ['any']) {
    const declared = status === 'any' ? parent.variations?.length : undefined;
    for (const page of await pagesOf(api, { parentId: parent.id, status, declared }, signal)) {
      for (const item of page.items) items.set(item.id, item);
      broken.push(...page.broken.map((row) => ({ ...row, shopProductId: parent.id })));
    }
  }
  return { items: [...items.values()], broken };
}

type Pages = { readonly parentId: string; readonly status: string; readonly declared: number | undefined };

async function pagesOf(api: WooApi, { parentId, status, declared }: Pages, signal: AbortSignal) {
  const path = `wc/v3/products/${parentId}/variations`;
  const _fields = variationFields(api.shop.options.gtinMeta);
  const doing = 'reading variations';
  const pages: ItemPage[] = [];
  const known = new Set<string>();
  let offset = 0;
  let limit: number | undefined;
  for (;;) {
    const query = { status, offset: String(offset), orderby: 'id', order: 'asc', _fields };
    const page = await listItems(api, { path, query, doing, byId: true }, signal);
    const before = known.size;
    for (const id of page.ids) if (id !== '') known.add(id);
    // The answer repeats itself, or has no row that can be told apart.
    if (page.rows.length === 0 || (offset > 0 && known.size === before)) return pages;
    pages.push(page);
    offset += page.rows.length;
    limit ??= maxRowsOf([declared, page.total], { ...readingBounds, spareRows: readingBounds.spareVariations });
    if (offset > limit) {
      const more = hasNoEnd(pages.length, limit);
      throw api.trouble('unintelligible', { doing, ...more, found: `product ${parentId}: ${more.found}` });
    }
    if (offset === page.total) return pages;
    if (page.total === undefined && declared !== undefined && offset === declared) return pages;
  }
}

/** What was read for one page of products, so that a page that is tried again does not begin at its first family. */
const read = new WeakMap<WooApi, { readonly page: string; readonly families: Map<string, Family> }>();

/** Whether a product went since it was shown: its variations are refused, and no list shows it any longer. */
async function isGone(api: WooApi, id: string, error: unknown, signal: AbortSignal): Promise<boolean> {
  if (!(error instanceof ShopError) || error.kind !== 'refused' || error.detail.status !== 404) return false;
  const { items, broken } = await productsById(api, [id], signal);
  return !items.has(id) && !broken.has(id);
}

/**
 * The variations of several products, a few at a time; of one that went meanwhile there is no family. `page` names the
 * reading that they belong to.
 */
export async function familiesOf(
  api: WooApi,
  { parents, page }: { readonly parents: readonly WooItem[]; readonly page: string },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Family>> {
  const kept = read.get(api);
  const families = kept?.page === page ? kept.families : new Map<string, Family>();
  read.set(api, { page, families });
  const limit = pLimit(atOnce);
  let failed = false;
  const settled = await Promise.allSettled(
    parents
      .filter(({ id }) => !families.has(id))
      .map((parent) =>
        limit(async () => {
          // After trouble nobody asks on: the page is tried again, or not.
          if (failed) return;
          try {
            families.set(parent.id, await variationsOf(api, { parent, withTrash: parent.status === 'trash' }, signal));
          } catch (error) {
            if (await isGone(api, parent.id, error, signal)) return;
            failed = true;
            throw error;
          }
        }),
      ),
  );
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  read.delete(api);
  return families;
}
