import { foldText } from '../search/fold.ts';
import { separator } from '../tables/key-in-shop.ts';
import { figureState } from './figure-state.ts';
import type { LineFacts, LineLink, LineProduct, LineShop } from './line-inputs.ts';

/** A line of a shop's list as it is kept: what it shows, and by what it is found, sorted and counted. */
export type Line = {
  /** Names the line in its shop: its product, or the listing in conflict. */
  readonly key: string;
  readonly shopId: string;
  readonly productId?: string;
  readonly refKey?: string;
  readonly state: 'linked' | 'missing' | 'conflict';
  readonly differs: boolean;
  /** Linked, and not certain that the shop was told its figure, has it still and can be told another. */
  readonly unsent: boolean;
  /** Not shown until then, since it was marked "not for this shop"; `~` for ever. */
  readonly hiddenUntil?: string;
  readonly sort: string;
  readonly text: string;
  readonly inStock: boolean;
  /** The shop does not say that it sells it. */
  readonly suspect: boolean;
  /** Last sold, or first listed where it never was; empty where neither is known. */
  readonly quietSince: string;
};

/** Stands after every moment: for ever. */
export const forEver = '~';

export const lineText = (parts: readonly (string | undefined)[]): string =>
  foldText(parts.filter((part) => part !== undefined).join('\n'));
export const lineSort = (sku: string | undefined, name: string | undefined): string =>
  `${sku ?? '\uffff'}${separator}${name ?? ''}`;

/** Whether what was found out then is about the shop that bears the id today. */
export const isAbout = ({ since }: Pick<LineShop, 'since'>, at: string | undefined): boolean =>
  since === undefined || (at !== undefined && at >= since);

/** The lines that a product has in the lists of all shops. */
export function placeLines(facts: LineFacts, shops: readonly LineShop[]): readonly Line[] {
  const { product, links, knownIn } = facts;
  const isFrom = (shop: LineShop): boolean => product.fromShop === shop.id && isAbout(shop, product.createdAt);
  const owners = new Set(
    shops.filter((shop) => links.has(shop.id) || knownIn.has(shop.id) || isFrom(shop)).map(({ owner }) => owner),
  );
  const same = sameEverywhere(product);
  return shops.flatMap((shop) => {
    const link = links.get(shop.id);
    if (link !== undefined) return [{ ...same, ...linkedLine(facts, shop, link) }];
    return owners.has(shop.owner) ? [{ ...same, ...missingLine(facts, shop) }] : [];
  });
}

/** The key of a product's line, the same in the list of every shop. */
export const productLine = (productId: string): string => `p${separator}${productId}`;

/** What the lines of a product have in common in all shops: texts that are there once, however many shops there are. */
const sameEverywhere = (product: LineProduct) => ({
  key: productLine(product.id),
  productId: product.id,
  sort: lineSort(product.sku, product.name),
  inStock: product.onHand > 0,
});
type OwnLine = Omit<Line, keyof ReturnType<typeof sameEverywhere>>;

const textOf = ({ product }: LineFacts, ids: readonly string[]): string =>
  lineText([product.sku, product.gtin, product.name, ...product.formerSkus, ...ids]);

function linkedLine(facts: LineFacts, shop: LineShop, link: LineLink): OwnLine {
  const { listing } = link;
  const ids = link.refKey.split(separator).slice(1);
  return {
    shopId: shop.id,
    text: textOf(facts, [...ids, ...(listing?.codes ?? [])]),
    refKey: link.refKey,
    state: 'linked',
    ...figureState(facts, shop, link),
    suspect: listing !== undefined && !listing.sold,
    quietSince: link.soldAt ?? listing?.listedAt ?? '',
  };
}

function missingLine(facts: LineFacts, shop: LineShop): OwnLine {
  return {
    shopId: shop.id,
    text: textOf(facts, []),
    state: facts.claims.has(shop.id) ? 'conflict' : 'missing',
    differs: false,
    unsent: false,
    hiddenUntil: hiddenUntil(facts.unwanted, shop),
    suspect: true,
    quietSince: '',
  };
}

const hiddenUntil = (unwanted: LineFacts['unwanted'], shop: LineShop): string | undefined =>
  unwanted
    .filter(({ shopId, at }) => shopId === undefined || (shopId === shop.id && isAbout(shop, at)))
    .map(({ until }) => until ?? forEver)
    .toSorted()
    .at(-1);

/** A conflict, and what its line is drawn from where no product's line tells of it. */
export type ConflictFacts = {
  readonly shopId: string;
  readonly refKey: string;
  readonly isLinked: boolean;
  readonly contenders: readonly string[];
  readonly product?: LineProduct;
  readonly listing?: { readonly sku?: string; readonly gtin?: string; readonly name: string };
};

/** The line of a conflict, unless its listing is linked or one of its contenders' own lines tells of it. */
export function conflictLine(facts: ConflictFacts, tells: (productId: string) => boolean): Line | undefined {
  const { shopId, refKey, product, listing } = facts;
  if (facts.isLinked || facts.contenders.some(tells)) return undefined;
  const sku = product?.sku ?? listing?.sku;
  const name = product?.name ?? listing?.name;
  return {
    key: `c${separator}${refKey}`,
    shopId,
    productId: product?.id,
    refKey,
    state: 'conflict',
    differs: false,
    unsent: false,
    sort: lineSort(sku, name),
    text: lineText([sku, product?.gtin ?? listing?.gtin, name, ...refKey.split(separator).slice(1)]),
    inStock: false,
    suspect: false,
    quietSince: '',
  };
}

/** Whether a contender's own line tells of a conflict: it is in the list, shown, and not linked. */
export const showsConflict = (line: Pick<Line, 'state' | 'hiddenUntil'> | undefined): boolean =>
  line !== undefined && line.state === 'conflict' && line.hiddenUntil === undefined;
