import type { Instant } from '../ids.ts';
import type { OpenRefusal } from '../integration.ts';
import { integrationState } from '../integrations/integration-state.ts';
import { figureSeenAt, type Listing } from '../listing.ts';
import type { Product } from '../product.ts';
import type { PushRefusal } from '../push-plan.ts';
import { isAboutShop, type ShopTrouble } from '../shop.ts';
import { neverInThisShop, notFetchedYet, onlyInWarehouse } from './absence-causes.ts';
import { ambiguous, shopIdTaken, skuTwiceInShop } from './conflict-causes.ts';
import { connectionDown, shopPaused } from './connection-causes.ts';
import { type Cause, type Certainty, causes, type Diagnosis, type Finding } from './diagnosis.ts';
import { conflictNotes, figureNotes, linkNotes } from './link-notes.ts';
import { type CauseCheck, makeFinding, openTrouble, ruledOut } from './make-finding.ts';
import type { PlaceFacts } from './place-facts.ts';
import { goneFromShop, inactiveInShop } from './shop-status-causes.ts';
import { otherSpelling } from './spelling-causes.ts';
import { notForThisShop, refused, removedByUser } from './user-action-causes.ts';
import { nowHasVariants, variantMissing } from './variant-causes.ts';

const causeChecks: Readonly<Record<Exclude<Cause, 'unknown'>, CauseCheck>> = {
  'connection-down': connectionDown,
  'shop-paused': shopPaused,
  'not-for-this-shop': notForThisShop,
  'inactive-in-shop': inactiveInShop,
  'shop-id-taken': shopIdTaken,
  'sku-twice-in-shop': skuTwiceInShop,
  ambiguous,
  'removed-by-user': removedByUser,
  'gone-from-shop': goneFromShop,
  'now-has-variants': nowHasVariants,
  refused,
  'other-spelling': otherSpelling,
  'variant-missing': variantMissing,
  'not-fetched-yet': notFetchedYet,
  'only-in-warehouse': onlyInWarehouse,
  'never-in-this-shop': neverInThisShop,
};

const weightOf: Readonly<Record<Certainty, number>> = { confirmed: 0, likely: 1, possible: 2, 'ruled-out': 3 };

/** Why a product is, or is not, linked in a shop: every cause of the catalogue, the surest first. */
export function diagnose(facts: PlaceFacts): Diagnosis {
  const { product, shop, integration } = facts;
  const place = { productId: product.id, shopId: shop.id };
  if (integration !== undefined) {
    const listing = facts.listings.find(({ how }) => how === 'linked')?.listing;
    const { parts, unreadableRow, conflicts } = facts;
    const linked = { product, shop, integration, listing, unreadableRow, parts };
    const contending = facts.listings.map((known) => known.listing);
    const notes = [...conflictNotes(conflicts, contending), ...linkNotes(linked), ...figureNotes(linked)];
    const stale = staleReason(facts);
    return {
      ...place,
      verdict: 'integrated',
      integration,
      stale: stale?.why,
      staleSince: stale?.at,
      staleSaid: stale?.said,
      trouble: stale?.trouble,
      notes: notes.length === 0 ? undefined : notes,
    };
  }
  const goodsUnsellable = facts.expected && product.stock.onHand > 0;
  return { ...place, verdict: 'not-integrated', findings: findingsOf(facts), goodsUnsellable };
}

// Every judge is asked in the order of the catalogue, and the sort keeps that order among equals.
function findingsOf(facts: PlaceFacts): readonly [Finding, ...Finding[]] {
  const judged = causes.flatMap((cause) => (cause === 'unknown' ? [] : [causeChecks[cause](facts)]));
  const nothingStands = judged.every((finding) => finding.certainty === 'ruled-out');
  const unknown = nothingStands
    ? makeFinding('unknown', 'possible', 'copy-ticket')
    : ruledOut('unknown', 'copy-ticket');
  const [top = unknown, ...rest] = [...judged, unknown].sort((a, b) => weightOf[a.certainty] - weightOf[b.certainty]);
  return [top, ...rest];
}

export type StaleReason = {
  readonly why: PushRefusal | 'connection-down';
  readonly at?: Instant;
  /** Why a figure was refused, in the adapter's or the shop's own words. */
  readonly said?: string;
  readonly trouble?: ShopTrouble;
};

/** Why nothing flows over a link that stands. */
function staleReason(facts: PlaceFacts): StaleReason | undefined {
  const listing = facts.listings.find(({ how }) => how === 'linked')?.listing;
  const isUnknown = facts.integration !== undefined && facts.unknownRefs.length > 0 && listing === undefined;
  return linkStaleReason({ ...facts, listing }, isUnknown);
}

type Known = Pick<PlaceFacts, 'shop' | 'state' | 'live' | 'integration' | 'parts'> & {
  readonly product?: Product;
  readonly listing?: Listing;
};

/** Why nothing flows over a link; `isUnknown` where the shop, asked by its id, does not know it. */
export function linkStaleReason(known: Known, isUnknown = false): StaleReason | undefined {
  const plain = shopStaleReason(known);
  if (plain !== undefined) return plain;
  if (isUnknown) return { why: 'not-found-in-shop' };
  const open = known.integration?.refused?.find((one) => isAboutShop(known.shop, one.at) && !isOvertaken(one, known));
  return open && { why: open.why, at: open.at, said: open.said };
}

/** What a shop's own row says as well: read since, it is the row that counts. */
const toldByRow: ReadonlySet<PushRefusal> = new Set<PushRefusal>([
  'inactive-in-shop',
  'not-found-in-shop',
  'variant-moved',
  'not-tracked-in-shop',
  'stock-held-by-parent',
  'not-a-unit',
  'figure-unreadable',
]);

/** Read since, the shop shows what it was refused for no more, or has the figure that was to be sent. */
function isOvertaken({ why, at }: OpenRefusal, { listing, ...place }: Known): boolean {
  if (listing === undefined || figureSeenAt(listing) <= at) return false;
  if (toldByRow.has(why)) return true;
  const { wanted, shopHas, stockDiffers } = integrationState({ ...place, listing });
  return wanted !== undefined && shopHas !== undefined && !stockDiffers;
}

/** The same as far as the shop and its listing tell it. */
function shopStaleReason({ listing, ...known }: Known): StaleReason | undefined {
  if (known.shop.paused) return { why: 'shop-paused' };
  const trouble = openTrouble(known);
  if (trouble !== undefined && trouble.kind !== 'rate-limited') {
    const { kind, said, saidBy, reason, at } = trouble;
    return { why: 'connection-down', at, trouble: { kind, said, saidBy, reason } };
  }
  if (listing?.goneAt !== undefined) return { why: 'not-found-in-shop', at: listing.goneAt };
  if (listing !== undefined && listing.activity !== 'active') return { why: 'inactive-in-shop', at: listing.seenAt };
  return listing?.stock.unreadable === undefined ? undefined : { why: 'figure-unreadable', at: listing.seenAt };
}

/** The surest finding of a missing link; none where the link stands. */
export const topFinding = (diagnosis: Diagnosis): Finding | undefined =>
  diagnosis.verdict === 'not-integrated' ? diagnosis.findings[0] : undefined;
