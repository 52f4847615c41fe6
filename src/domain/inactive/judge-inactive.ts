import type { Evidence } from '../diagnosis/diagnosis.ts';
import { hiddenAfterZero } from '../diagnosis/hidden-after-zero.ts';
import { isFresh } from '../diagnosis/place-facts.ts';
import { type Instant, later, millisecondsOf } from '../ids.ts';
import type { Integration, RemovalReason, Tombstone } from '../integration.ts';
import { type Listing, type Sale, unbuyableReasons } from '../listing.ts';
import type { Mark } from '../mark.ts';
import { wholeUnits } from '../money.ts';
import { available, type Money, type Product } from '../product.ts';
import type { Shop, ShopState } from '../shop.ts';
import type { InactiveRow, InactiveSignal, Rung } from './inactive-row.ts';

/** What is known of goods on the shelf and one shop that ought to sell them. */
export type InactiveFacts = {
  readonly product: Product;
  readonly shop: Shop;
  readonly state?: ShopState;
  readonly integration?: Integration;
  readonly tombstone?: Tombstone;
  /** The listing that is linked, or that would be. */
  readonly listing?: Listing;
  /** Whether the shop was ever known to have it. */
  readonly everListed: boolean;
  readonly sale?: Sale;
  readonly tick?: Mark;
  /** What was last sold before this is long unsold; absent where no sales were read. */
  readonly unsoldBefore?: Instant;
  /** What was heard before this no longer confirms anything. */
  readonly freshSince: Instant;
};

/** Reasons that lie in the shop: nobody here took the link. */
const lostInShop: readonly RemovalReason[] = ['inactive-in-shop', 'gone-from-shop', 'became-parent'];

type Judgement = {
  readonly rung: Rung;
  readonly signals: readonly [InactiveSignal, ...InactiveSignal[]];
  readonly since?: Instant;
};

/**
 * Whether goods lie on the shelf that this shop perhaps does not sell, how sure that is, and by which signals.
 * A judgement, made anew each time: nothing of it is stored, and no sale means nothing where no sales were read.
 */
export function judgeInactive(facts: InactiveFacts): InactiveRow | undefined {
  const { product, shop, listing, tick } = facts;
  if (product.stock.onHand <= 0) return undefined;
  const judged = fromShopStatus(facts) ?? fromMissingLink(facts) ?? fromUnbuyable(facts) ?? fromSales(facts);
  if (judged === undefined) return undefined;
  const asOf = listing?.goneAt ?? listing?.seenAt;
  return {
    productId: product.id,
    shopId: shop.id,
    name: product.content.name,
    rung: judged.rung,
    signals: judged.signals,
    onHand: product.stock.onHand,
    available: available(product.stock),
    sku: product.sku,
    ref: listing === undefined ? undefined : listing.ref,
    ...valueAtRisk(product),
    since: judged.since,
    asOf,
    tick,
  };
}

/** The shop itself said that it does not sell it, or does not know it. */
function fromShopStatus(facts: InactiveFacts): Judgement | undefined {
  const { listing, tombstone } = facts;
  if (listing === undefined || (listing.activity === 'active' && listing.goneAt === undefined)) return undefined;
  const rung = isFresh(facts, listing.goneAt ?? listing.seenAt) ? 'confirmed' : 'likely';
  const since = tombstone?.at ?? listing.goneAt ?? listing.changedAt;
  return {
    rung,
    signals: [said(listing), ...afterZero(facts, listing), ...linkGone(facts), ...salesUnread(facts)],
    ...dated(since),
  };
}

/** No link: the shop is not told our stock any more, whatever it shows. */
function fromMissingLink(facts: InactiveFacts): Judgement | undefined {
  const { listing, tombstone } = facts;
  if (facts.integration !== undefined) return undefined;
  if (!facts.everListed) {
    // A shop that was never read to the end may have it for all we know.
    if (facts.state?.lastComplete === undefined) return undefined;
    return { rung: 'unsure', signals: [{ kind: 'never-listed' }, ...salesUnread(facts)] };
  }
  const lost = lostInShop.some((because) => because === tombstone?.because);
  const saidActiveSince = listing !== undefined && isFresh(facts, listing.seenAt);
  const heard = listing === undefined ? [] : [said(listing)];
  return {
    rung: lost && !saidActiveSince ? 'likely' : 'unsure',
    signals: [missing(tombstone), ...heard, ...salesUnread(facts)],
    ...dated(tombstone?.at),
  };
}

/**
 * Linked and active, and by the shop's own words nobody can buy it. What is only hidden is often meant so, and stays
 * unsure; what is out of stock, without a price or not for sale yet while goods lie here is what the list is for.
 */
function fromUnbuyable(facts: InactiveFacts): Judgement | undefined {
  const { listing, product } = facts;
  if (listing === undefined) return undefined;
  const signals = unbuyableReasons(listing)
    .filter(({ why }) => why !== 'out-of-stock' || available(product.stock) > 0)
    .map(({ why, shopSays }): InactiveSignal => {
      return why === 'hidden' ? { kind: 'not-visible', shopSays } : { kind: 'cannot-be-bought', why, shopSays };
    })
    .toSorted((a, b) => Number(a.kind === 'not-visible') - Number(b.kind === 'not-visible'));
  const [first, ...others] = signals;
  if (first === undefined) return undefined;
  const sure = isFresh(facts, listing.seenAt) ? 'confirmed' : 'likely';
  return {
    rung: first.kind === 'not-visible' ? 'unsure' : sure,
    signals: [first, ...others],
    ...dated(listing.changedAt),
  };
}

/** Linked and active as far as known, and nothing sold for long: probably only slow, if the shop said so lately (S20). */
function fromSales(facts: InactiveFacts): Judgement | undefined {
  const unsold = unsoldFor(facts);
  if (unsold === undefined) return undefined;
  const { listing } = facts;
  const signal: InactiveSignal = { kind: 'no-sale-since', ...unsold };
  if (listing === undefined) return { rung: 'unsure', signals: [signal], ...dated(unsold.since) };
  const rung = isFresh(facts, listing.seenAt) ? 'probably-slow-seller' : 'unsure';
  return { rung, signals: [signal, said(listing)], ...dated(unsold.since) };
}

const dayMs = 86_400_000;

/**
 * What was not sold since then has not sold for long. Nothing where sales were not read that far back: then nothing is
 * known to be unsold, and nobody need look.
 */
export function unsoldBefore(state: ShopState | undefined, unsoldDays: number): Instant | undefined {
  const sales = state?.sales;
  const limit = sales && later(sales.to, -unsoldDays * dayMs);
  return sales === undefined || limit === undefined || sales.from > limit ? undefined : limit;
}

/** For how many days it has surely not sold, when that is long; unknown outside what was read of the sales. */
function unsoldFor(facts: InactiveFacts): { readonly since?: Instant; readonly days: number } | undefined {
  const { state, sale, listing } = facts;
  const sales = state?.sales;
  if (sales === undefined || facts.unsoldBefore === undefined) return undefined;
  const listedAt = listing?.listedAt;
  const from = sale?.at ?? (listedAt !== undefined && listedAt > sales.from ? listedAt : sales.from);
  if (from > facts.unsoldBefore) return undefined;
  const days = Math.floor((millisecondsOf(sales.to) - millisecondsOf(from)) / dayMs);
  return { days, since: sale === undefined ? undefined : sale.at };
}

/** The deadlock: nought was sent, the shop took it off sale, and now there are goods. */
function afterZero({ product, tombstone }: InactiveFacts, listing: Listing): readonly InactiveSignal[] {
  const at = hiddenAfterZero({ product, tombstone, listing });
  if (at === undefined) return [];
  return [{ kind: 'shop-says', evidence: { kind: 'hidden-after-zero', ref: listing.ref, at } }];
}

function said(listing: Listing): InactiveSignal {
  const { ref, activity, shopSays, goneAt, seenAt } = listing;
  const evidence: Evidence =
    goneAt === undefined
      ? { kind: 'shop-says', activity, shopSays, ref, live: false, at: seenAt }
      : { kind: 'shop-does-not-know', ref, live: false, at: goneAt };
  return { kind: 'shop-says', evidence };
}

const missing = (tombstone: Tombstone | undefined): InactiveSignal => ({
  kind: 'link-missing',
  since: tombstone === undefined ? undefined : tombstone.at,
});
const linkGone = ({ integration, tombstone }: InactiveFacts): readonly InactiveSignal[] =>
  integration === undefined ? [missing(tombstone)] : [];
const salesUnread = ({ state }: InactiveFacts): readonly InactiveSignal[] =>
  state?.sales === undefined ? [{ kind: 'no-sales-reading' }] : [];
const dated = (since: Instant | undefined): { readonly since?: Instant } => (since === undefined ? {} : { since });

/** On hand times cost, or times price where nobody told the cost. */
export function valueAtRisk(product: Product): { readonly value?: Money; readonly valuedAt?: 'cost' | 'price' } {
  const each = product.cost ?? product.content.price;
  if (each === undefined) return {};
  const value = { minor: each.minor * product.stock.onHand, currency: each.currency };
  return { value, valuedAt: product.cost === undefined ? 'price' : 'cost' };
}

const place: Readonly<Record<Rung, number>> = { confirmed: 0, likely: 1, unsure: 2, 'probably-slow-seller': 3 };

/** Surest first, then most value at risk, then most goods; a row without a value comes after those with one. */
export const compareInactive = (a: InactiveRow, b: InactiveRow): number =>
  place[a.rung] - place[b.rung] || stake(b) - stake(a) || b.onHand - a.onHand;

// In whole units, so that a thousand yen do not weigh as ten kroner. Rates are not known.
const stake = ({ value }: InactiveRow): number => (value === undefined ? -1 : wholeUnits(value));
