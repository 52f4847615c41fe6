import { type Instant, later } from '../../domain/ids.ts';
import { makeRowCounter, readingBounds } from '../reading/reading-bounds.ts';
import { activityOf, wordsOf } from './map.ts';
import { type MagentoProduct, parentFields, productSchema } from './schema.ts';
import { type Filter, type KeyedPage, keyedPage } from './search.ts';
import type { MagentoApi } from './session/api.ts';

/** A configurable product as its children need to know it. */
type Parent = { readonly id: string; readonly sku: string; readonly active: boolean; readonly says: string };
/** By the id of a child; a child may hang on several. */
export type Parents = ReadonlyMap<string, readonly Parent[]>;

type Known = { readonly byId: Map<string, MagentoProduct>; readonly asOf: Instant };
const kept = new WeakMap<MagentoApi, Known>();

/** No child knows its parent, so the parents are asked; what they said is good for so long. */
const goodForMs = 5 * 60_000;
const overlapMs = 10 * 60_000;

/** Forgets the parents, so that those which are gone by now are not believed any longer. */
export const forgetParents = (api: MagentoApi): void => {
  kept.delete(api);
};

/** Only what is "not visible individually" is sold through a parent. */
const mayBeChild = (product: MagentoProduct): boolean =>
  product.visibility === '1' && product.type_id !== 'configurable';

/**
 * The parents of these products. All configurable products are read once, then only those that changed; nothing is
 * asked where no product can be a child.
 */
export async function parentsOf(
  api: MagentoApi,
  products: readonly MagentoProduct[],
  signal: AbortSignal,
): Promise<Parents> {
  const seen = products.filter((product) => product.type_id === 'configurable');
  const known = products.some(mayBeChild) ? await current(api, signal) : kept.get(api);
  for (const product of seen) known?.byId.set(product.id, product);
  const links = [...(known?.byId.values() ?? [])].flatMap((parent) =>
    (parent.extension_attributes?.configurable_product_links ?? []).map((child) => ({ child, parent })),
  );
  return new Map(
    [...Map.groupBy(links, ({ child }) => child)].map(([child, all]) => [child, all.map(({ parent }) => said(parent))]),
  );
}

const said = (parent: MagentoProduct): Parent => ({
  id: parent.id,
  sku: parent.sku ?? `#${parent.id}`,
  active: activityOf(parent) === 'active',
  says: wordsOf(parent),
});

async function current(api: MagentoApi, signal: AbortSignal): Promise<Known> {
  const known = kept.get(api);
  if (known !== undefined && api.clock.now() < later(known.asOf, goodForMs)) return known;
  const byId = known?.byId ?? new Map<string, MagentoProduct>();
  const asOf = api.clock.now();
  const changed: readonly Filter[] = known === undefined ? [] : [['updated_at', 'gteq', utcText(known.asOf)]];
  const doing = 'reading configurable products';
  const count = makeRowCounter(readingBounds.rowsUnknown / 4);
  let after: string | undefined = '0';
  while (after !== undefined) {
    const page: KeyedPage<MagentoProduct> = await keyedPage(
      api,
      productSchema,
      {
        path: 'products',
        key: 'entity_id',
        name: 'id',
        after,
        groups: [[['type_id', 'eq', 'configurable'] as const], ...(changed.length === 0 ? [] : [changed])],
        pageSize: 100,
        fields: parentFields,
        doing,
      },
      signal,
    );
    for (const parent of page.rows) byId.set(parent.id, parent);
    const endless = count(page.rows.length + page.broken.length);
    if (endless !== undefined) throw api.trouble('unintelligible', { doing, ...endless });
    after = page.last;
  }
  const renewed = { byId, asOf };
  kept.set(api, renewed);
  return renewed;
}

/** With room for a clock that differs from ours: more is allowed. */
const utcText = (at: Instant): string => later(at, -overlapMs).slice(0, 19).replace('T', ' ');
