import type { Conflict, ConflictChoice } from '../conflict.ts';
import type { Instant, ProductId } from '../ids.ts';
import type { Integration } from '../integration.ts';
import type { Listing, Sale } from '../listing.ts';
import type { Product } from '../product.ts';
import { choicesFor } from './resolve-conflict.ts';

/** One side of a conflict, with what is known of it. */
export type ContenderFacts = {
  readonly role: 'holder' | 'claimant';
  readonly product?: Product;
  readonly listing?: Listing;
  readonly integration?: Integration;
  readonly sale?: Sale;
};
export type RankedContender = ContenderFacts & { readonly since?: Instant; readonly first: boolean };

/** Since when a side has its claim: by the shop's own date, else by its link, else since we know the product. */
const sinceOf = ({ listing, integration, product }: ContenderFacts): Instant | undefined =>
  listing?.listedAt ?? integration?.createdAt ?? product?.createdAt;

/** Says who was first; where nobody can know, the one that stands today counts as first. */
export function rankContenders(contenders: readonly ContenderFacts[]): readonly RankedContender[] {
  const dated = contenders.map((one) => ({ one, since: sinceOf(one) }));
  const earliest = dated.reduce<number>((best, { since }, place) => {
    const than = dated[best]?.since;
    return since !== undefined && (than === undefined || since < than) ? place : best;
  }, 0);
  return dated.map(({ one, since }, place) => ({
    ...one,
    since,
    first: place === earliest,
  }));
}

/** What a choice does, known before it is made. */
export type Effect = {
  readonly choice: ConflictChoice;
  readonly removes?: ProductId;
  readonly links?: ProductId;
  readonly renames?: { readonly productId: ProductId; readonly to: string };
};

/** Every choice that a conflict leaves, with what it takes from whom and gives to whom. */
export const effectsOf = (conflict: Conflict): readonly Effect[] =>
  choicesFor(conflict).map((choice) => ({ choice, ...effectOf(conflict, choice) }));

function effectOf(conflict: Conflict, choice: ConflictChoice): Omit<Effect, 'choice'> {
  if (choice === 'move-the-link' && conflict.kind === 'shop-id-taken') {
    return { removes: conflict.holder, links: conflict.claimant };
  }
  if (choice === 'move-the-link' && conflict.kind === 'product-taken') {
    return { removes: conflict.product, links: conflict.product };
  }
  if (conflict.kind !== 'sku-changed') return {};
  if (choice === 'accept-rename') return { renames: { productId: conflict.holder, to: conflict.sku } };
  return choice === 'not-the-same' ? { removes: conflict.holder } : {};
}
