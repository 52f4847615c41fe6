import { type Instant, later } from '../../domain/ids.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import { jsonValue } from '../json/read-json.ts';
import { makeRowCounter, readingBounds } from '../reading/reading-bounds.ts';
import { activityOf, type ParentState, wordsOf } from './map.ts';
import { childrenSchema, type MagentoProduct, parentFields, productSchema } from './schema.ts';
import { type Filter, type KeyedPage, keyedPage } from './search.ts';
import type { MagentoApi } from './session/api.ts';
import { stockItemPath } from './stock/stock-items.ts';

export type Parents = {
  /** Of a child, by its id; it may hang on several. */
  readonly of: (childId: string) => readonly ParentState[];
  /** Why nobody can tell what hangs above a product: it has no parent that was read, and there are some that cannot be. */
  readonly unknownOf: (product: MagentoProduct) => BrokenRow | undefined;
};

type Known = {
  readonly byId: Map<string, MagentoProduct>;
  readonly broken: readonly BrokenRow[];
  readonly asOf: Instant;
};
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
  for (const product of seen) known?.byId.set(product.id, withKnownLinks(product, known.byId.get(product.id)));
  const links = [...(known?.byId.values() ?? [])].flatMap((parent) =>
    (parent.extension_attributes?.configurable_product_links ?? []).map((child) => ({ child, parent })),
  );
  const byChild = Map.groupBy(links, ({ child }) => child);
  const unread =
    known?.broken.find(({ shopProductId = '' }) => !known.byId.has(shopProductId)) ??
    [...(known?.byId.values() ?? [])].flatMap((parent) => withoutLinks(parent) ?? [])[0];
  return {
    of: (child) => (byChild.get(child) ?? []).map(({ parent }) => stateAsParent(parent)),
    unknownOf: (product) =>
      unread === undefined || !mayBeChild(product) || byChild.has(product.id)
        ? undefined
        : {
            shopProductId: product.id,
            where: `configurable product ${unread.shopProductId ?? ''}`.trim(),
            said: `${unread.where} ${unread.said}`,
          },
  };
}

/** A configurable product without variants says so with an empty list: one that says nothing may have any. */
const withoutLinks = ({ id, type_id, extension_attributes: extension }: MagentoProduct): BrokenRow | undefined =>
  type_id !== 'configurable' || Array.isArray(extension?.configurable_product_links)
    ? undefined
    : { shopProductId: id, where: 'configurable_product_links', said: 'is missing' };

const withLinks = (parent: MagentoProduct, links: readonly string[]): MagentoProduct => ({
  ...parent,
  extension_attributes: { ...parent.extension_attributes, configurable_product_links: [...links] },
});

/** A parent as it came; its variants as they are known, where this answer leaves them out. */
function withKnownLinks(parent: MagentoProduct, known: MagentoProduct | undefined): MagentoProduct {
  const links = known?.extension_attributes?.configurable_product_links;
  return withoutLinks(parent) === undefined || !Array.isArray(links) ? parent : withLinks(parent, links);
}

/** So many parents whose links an answer leaves out are asked for their variants one by one. */
const maxAsked = 100;

/** Asks a parent for its variants, where a host or a module takes the links out of the list of products. */
async function askForLinks(api: MagentoApi, parent: MagentoProduct, signal: AbortSignal): Promise<MagentoProduct> {
  const path = parent.sku === undefined ? undefined : stockItemPath(api, parent.sku);
  if (path === undefined) return parent;
  const doing = 'reading configurable products';
  const reply = await api.ask({ path: `configurable-products/${path}/children`, doing }, signal);
  // What is refused here, or cannot be read, is unknown as before; no reading ends by it.
  if (reply.status !== 200) return parent;
  const read = childrenSchema.safeParse(jsonValue(reply.text));
  return read.success
    ? withLinks(
        parent,
        read.data.map(({ id }) => id),
      )
    : parent;
}

const stateAsParent = (parent: MagentoProduct): ParentState => ({
  active: activityOf(parent) === 'active',
  says: `${parent.sku ?? `#${parent.id}`} ${wordsOf(parent)}`,
});

async function current(api: MagentoApi, signal: AbortSignal): Promise<Known> {
  const known = kept.get(api);
  if (known !== undefined && api.clock.now() < later(known.asOf, goodForMs)) return known;
  const byId = known?.byId ?? new Map<string, MagentoProduct>();
  const broken: BrokenRow[] = [];
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
    for (const { shopProductId = '' } of page.broken) byId.delete(shopProductId);
    broken.push(...page.broken);
    const endless = count(page.rows.length + page.broken.length);
    if (endless !== undefined) throw api.trouble('unintelligible', { doing, ...endless });
    after = page.last;
  }
  const silent = [...byId.values()].filter((parent) => withoutLinks(parent) !== undefined);
  for (const parent of silent.slice(0, maxAsked)) byId.set(parent.id, await askForLinks(api, parent, signal));
  const before = known?.broken.filter(({ shopProductId = '' }) => !byId.has(shopProductId)) ?? [];
  const renewed = { byId, broken: [...before, ...broken], asOf };
  kept.set(api, renewed);
  return renewed;
}

/** With room for a clock that differs from ours: more is allowed. */
const utcText = (at: Instant): string => later(at, -overlapMs).slice(0, 19).replace('T', ' ');
