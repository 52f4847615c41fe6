import type { PushRefusal } from '../push-plan.ts';
import { neverInThisShop, notFetchedYet, onlyInWarehouse } from './absence-causes.ts';
import { ambiguous, shopIdTaken, skuTwiceInShop } from './conflict-causes.ts';
import { connectionDown, shopPaused } from './connection-causes.ts';
import { type Cause, type Certainty, causes, type Diagnosis, type Finding } from './diagnosis.ts';
import { type CauseCheck, makeFinding, openTrouble, ruledOut } from './make-finding.ts';
import type { PlaceFacts } from './place-facts.ts';
import { goneFromShop, inactiveInShop, variantMissing } from './shop-status-causes.ts';
import { otherSpelling } from './spelling-causes.ts';
import { notForThisShop, refused, removedByUser } from './user-action-causes.ts';

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
    const stale = staleReason(facts);
    return { ...place, verdict: 'integrated', integration, stale };
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

/** Why nothing flows over a link that stands. */
function staleReason(facts: PlaceFacts): PushRefusal | 'connection-down' | undefined {
  if (facts.shop.paused) return 'shop-paused';
  const trouble = openTrouble(facts);
  if (trouble !== undefined && trouble.kind !== 'rate-limited') return 'connection-down';
  const ref = facts.integration?.ref;
  const linked = facts.listings.find(({ how }) => how === 'linked');
  if (linked?.listing.goneAt !== undefined || (ref !== undefined && facts.unknownRefs.length > 0 && !linked)) {
    return 'not-found-in-shop';
  }
  if (linked !== undefined && linked.listing.activity !== 'active') return 'inactive-in-shop';
  const refusal = facts.refusal;
  const pushedAt = facts.integration?.pushed?.at;
  return refusal !== undefined && (pushedAt === undefined || pushedAt < refusal.at) ? refusal.why : undefined;
}

/** The surest finding of a missing link; none where the link stands. */
export const topFinding = (diagnosis: Diagnosis): Finding | undefined =>
  diagnosis.verdict === 'not-integrated' ? diagnosis.findings[0] : undefined;
