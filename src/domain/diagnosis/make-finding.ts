import type { Instant } from '../ids.ts';
import type { ShopTrouble } from '../shop.ts';
import type { Advice, Cause, Certainty, Evidence, Finding } from './diagnosis.ts';
import { isFresh, type KnownListing, type PlaceFacts, type UnknownRef } from './place-facts.ts';

/** Weighs one cause against everything known of a place. */
export type CauseCheck = (facts: PlaceFacts) => Finding;

type Grounds = { readonly evidence?: readonly Evidence[]; readonly against?: readonly Evidence[] };

/** A finding with its age: that of the oldest fact it rests on. */
export function makeFinding(cause: Cause, certainty: Certainty, next: Advice, grounds: Grounds = {}): Finding {
  const { evidence = [], against = [] } = grounds;
  const basis = certainty === 'ruled-out' ? against : evidence;
  const asOf = basis.reduce<Instant | undefined>(
    (oldest, { at }) => (at !== undefined && (oldest === undefined || at < oldest) ? at : oldest),
    undefined,
  );
  return { cause, certainty, evidence, against, next, asOf };
}

/** The cause does not stand, and what speaks against it. */
export const ruledOut = (cause: Cause, next: Advice, against: readonly Evidence[] = []): Finding =>
  makeFinding(cause, 'ruled-out', next, { against });

/** What the shop said of a listing, as evidence. */
export const shopSays = ({ listing, live }: KnownListing): Evidence => ({
  kind: 'shop-says',
  activity: listing.activity,
  shopSays: listing.shopSays,
  ref: listing.ref,
  live,
  at: listing.seenAt,
});

/** That a reference of ours is unknown to the shop, as evidence. */
export const doesNotKnow = ({ another, ...unknown }: UnknownRef): Evidence =>
  another === undefined
    ? { kind: 'shop-does-not-know', ...unknown }
    : { kind: 'another-under-id', sku: another, ...unknown };

/** How the link went, as evidence. */
export const linkRemoved = (facts: PlaceFacts): readonly Evidence[] => {
  const tombstone = facts.tombstone;
  if (tombstone === undefined) return [];
  const { by, because, note, at } = tombstone;
  return [{ kind: 'link-removed', by, because, ref: tombstone.integration.ref, at, note }];
};

/** The sync to the end that did not show the product, as evidence. */
export const completeReading = (facts: PlaceFacts): readonly Evidence[] => {
  const complete = facts.state?.lastComplete;
  return complete === undefined
    ? []
    : [{ kind: 'complete-reading-without-it', listings: complete.listings, at: complete.at }];
};

/** `confirmed` for what was heard just now or still holds, `likely` for what is old or comes from a shop that is out of reach. */
export function certaintyOf(facts: PlaceFacts, heard: { readonly at: Instant; readonly live: boolean }): Certainty {
  if (heard.live) return 'confirmed';
  return isFresh(facts, heard.at) && !isUnreachable(facts) ? 'confirmed' : 'likely';
}

/** Whether nothing can be asked of the shop now, so that nothing it once said can be called certain. */
export const isUnreachable = (facts: PlaceFacts): boolean => facts.shop.paused || openTrouble(facts)?.lasting === true;

export type OpenTrouble = ShopTrouble & {
  readonly at: Instant;
  readonly live: boolean;
  /** It does not go away by itself. */
  readonly lasting: boolean;
};
const lastingKinds: readonly string[] = ['unauthorized', 'forbidden', 'moved', 'another-shop', 'no-credentials'];

/** Trouble with the shop that no answer has come after. */
export function openTrouble(facts: Pick<PlaceFacts, 'live' | 'state'>): OpenTrouble | undefined {
  const { live, state } = facts;
  if (live?.kind === 'answered') return undefined;
  if (live?.kind === 'trouble') {
    const { troubleKind: kind, said, saidBy, reason, at } = live;
    return { kind, said, saidBy, reason, at, live: true, lasting: kind !== 'rate-limited' && kind !== 'cancelled' };
  }
  const trouble = state?.lastTrouble;
  // Of an answer and a trouble at the same moment the trouble came last: an answer that ends it takes it away.
  if (trouble === undefined || (state?.lastAnswerAt !== undefined && state.lastAnswerAt > trouble.at)) return undefined;
  // A right to set stock that is missing says nothing of what the shop has, and lets itself be read.
  if (trouble.sending === true && trouble.kind === 'forbidden') return undefined;
  return { ...trouble, live: false, lasting: lastingKinds.includes(trouble.kind) };
}
