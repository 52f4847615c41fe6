import { chunks } from '../../../domain/lists/chunks.ts';
import type { LocationChoice } from '../../../ports/shop-connector.ts';
import { readRows } from '../../decode.ts';
import { type SourceItem, sourceItemSchema, sourceSchema } from '../schema.ts';
import { type Filter, search } from '../search.ts';
import type { MagentoApi } from '../session/api.ts';
import { percentEncoded } from '../session/oauth.ts';

/** The one that every shop has. */
export const usualSource = 'default';

/** The source that gets our figure: the shop's first one, unless a person chose another. */
export const sourceOf = (api: MagentoApi): string => api.options.source ?? usualSource;

/** Item numbers as Magento compares them: without case and blanks around them. */
export const skuKey = (sku: string): string => sku.trim().toLowerCase();

/** The sources that are in use, by their codes; none of a shop without Multi-Source Inventory. */
export async function sourcesInUse(api: MagentoApi, signal: AbortSignal): Promise<readonly LocationChoice[]> {
  const asked = { path: 'inventory/sources', groups: [], pageSize: 300, fields: 'source_code,name,enabled' };
  const { rows } = await search(api, { ...asked, doing: 'reading sources' }, signal);
  return readRows(sourceSchema, rows).rows.flatMap(({ source_code: id, name, enabled }) =>
    id === undefined || enabled === false ? [] : [{ id, name }],
  );
}

const doing = 'reading stock';
/** So much of an address may be item numbers. */
const longest = 3000;

/**
 * Rows of one source by item number. Rows of products that are gone, or never were, lie there too: who asks
 * brings the numbers of products that exist.
 */
export async function sourceItemsOf(
  api: MagentoApi,
  { skus, code }: { readonly skus: readonly string[]; readonly code: string },
  signal: AbortSignal,
): Promise<ReadonlyMap<string, SourceItem>> {
  const found = new Map<string, SourceItem>();
  const wanted = new Map(skus.map((sku) => [skuKey(sku), sku]));
  const source: Filter = ['source_code', 'eq', code];
  for (const filters of filtersFor([...wanted.values()])) {
    const asked = {
      path: 'inventory/source-items',
      groups: [filters, [source]],
      pageSize: 300,
      fields: 'sku,source_code,quantity,status',
      doing,
    };
    const { rows } = await search(api, asked, signal);
    for (const row of readRows(sourceItemSchema, rows).rows) {
      if (row.source_code === code && wanted.has(skuKey(row.sku))) found.set(skuKey(row.sku), row);
    }
  }
  return found;
}

/** A list is written with commas, so a number that holds one is asked for by itself, beside others of its kind. */
function filtersFor(skus: readonly string[]): readonly (readonly Filter[])[] {
  const plain = skus.filter((sku) => !sku.includes(','));
  const lists: string[][] = [];
  let size = longest;
  for (const sku of plain) {
    const own = percentEncoded(sku).length + 3;
    if (size + own > longest || (lists.at(-1)?.length ?? 0) >= 200) {
      lists.push([]);
      size = 0;
    }
    lists.at(-1)?.push(sku);
    size += own;
  }
  const alone = chunks(
    skus.filter((sku) => sku.includes(',')),
    8,
  );
  return [
    ...lists.map((list): readonly Filter[] => [['sku', 'in', list.join(',')]]),
    ...alone.map((some) => some.map((sku): Filter => ['sku', 'eq', sku])),
  ];
}
