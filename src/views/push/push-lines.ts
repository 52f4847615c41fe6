import type { PushGuard, PushRefusal, PushRow, PushRowResult } from '../../domain/push-plan.ts';
import { quotedReason } from '../errors/shop-reason.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { atLocation } from '../format/refs.ts';
import { age } from '../format/times.ts';
import type { Tone } from '../text/tones.ts';
import { mappedSum } from '../warehouse/figure-lines.ts';
import type { Words } from '../words/words.ts';

/** Why a shop was not told a figure, as part of a sentence. */
export const refusalReason = (why: PushRefusal | 'unchanged', words: Words): string =>
  why === 'unchanged' ? words.domain.unchanged : words.domain.refusal[why];

/** A guard in a word or two. */
export const guardLabel = (guard: PushGuard, words: Words): string => words.domain.guard[guard];

/** What a guard warns of, as one sentence or two. */
export const guardSentence = (guard: PushGuard, words: Words): string => words.domain.guardAdvice[guard];

/** The whole sum: "12 - 2 = 10". */
export const sumLine = (row: Pick<PushRow, 'onHand' | 'reserved' | 'available'>, words: Words): string =>
  `${number(row.onHand, words)} - ${number(row.reserved, words)} = ${number(row.available, words)}`;

/**
 * The whole sum with its words: "12 on hand - 2 reserved = 10 available". A warehouse's own figure need not be the
 * difference, and then is not written as one.
 */
export function sumSentence(row: Pick<PushRow, 'onHand' | 'reserved' | 'available'>, words: Words): string {
  const { domain } = words;
  const onHand = number(row.onHand, words);
  const reserved = number(row.reserved, words);
  const free = domain.availableFigure(number(row.available, words));
  return row.onHand - row.reserved === row.available
    ? `${onHand} ${domain.onHand} - ${reserved} ${domain.reserved} = ${free}`
    : `${onHand} ${domain.onHand}, ${reserved} ${domain.reserved}, ${free}`;
}

/** One line of a plan made ready to draw. */
export type PushLine = {
  readonly item: string;
  readonly shop: string;
  readonly sum: string;
  readonly was: string;
  readonly willBe: string;
  /** Why not, or what to mind; empty when it simply goes out. */
  readonly remark: string;
  readonly tone: Tone;
};

/** A row of a plan in words: the sum, was, will be, why or why not. */
export function pushLine(row: PushRow, format: FormatContext): PushLine {
  const { words } = format;
  const linked = linkedByRemark(row, words);
  // What the link rests on says more than that it rests on an EAN.
  const told = row.guards
    .filter((guard) => guard !== 'by-gtin' || linked === '')
    // That it is the first says least, and a narrow window cuts the end.
    .toSorted((a, b) => Number(a === 'first-push') - Number(b === 'first-push'));
  const remarks = told.map((guard) => guardRemark(row, guard, words));
  if (linked !== '') remarks.unshift(linked);
  if (row.unreadable !== undefined) {
    const { field, value } = row.unreadable;
    remarks.unshift(words.domain.figureUnreadable(field, value));
  }
  if (row.held !== undefined) remarks.push(words.domain.heldAtZero(number(row.held, words)));
  const skipped = row.kind === 'skip';
  return {
    item: row.sku ?? row.name,
    shop: atLocation(format.shopName(row.shopId), row),
    sum: [sumLine(row, words), mappedSum(row, words)].filter((part) => part !== '').join(', '),
    was: wasText(row, format),
    willBe: skipped ? '-' : number(row.willBe, words),
    remark: skipped
      ? [refusalReason(row.why, words), ...(linked === '' ? [] : [linked])].join(', ')
      : remarks.join(', '),
    tone: skipped
      ? row.why === 'unchanged'
        ? 'quiet'
        : 'wrong'
      : row.guards.length === 0 && row.unreadable === undefined
        ? 'accent'
        : 'waiting',
  };
}

/** A guard in a word or two, with the two figures where the shop changed the one that it was sent. */
const guardRemark = (row: PushRow, guard: PushGuard, words: Words): string =>
  guard === 'changed-in-shop' && row.lastSent !== undefined && row.shopHad !== undefined
    ? `${guardLabel(guard, words)} (${words.domain.lastSentWas(number(row.lastSent, words), number(row.shopHad, words))})`
    : guardLabel(guard, words);

/** What the link rests on, where that is not the item number. */
const linkedByRemark = ({ linkedBy, shopSku }: PushRow, words: Words): string =>
  linkedBy === undefined ? '' : words.domain.linkedBy[linkedBy](shopSku ?? words.domain.noItemNumber);

/** What the shop has, with the signs of the card where it counts otherwise or not at all. */
const wasText = (row: PushRow, format: FormatContext): string => {
  if (row.kind === 'skip' && row.why === 'not-tracked-in-shop') return '∞';
  return row.kind === 'skip' && row.why === 'stock-held-by-parent' ? '↑' : shopQuantity(row, format);
};

/** What the shop has as far as we know, with its age: "12 (3 min)"; the last figure sent where it never said. */
export function shopQuantity(
  row: Pick<PushRow, 'shopHad' | 'shopHadAt' | 'lastSent'>,
  { words, now }: Pick<FormatContext, 'words' | 'now'>,
): string {
  if (row.shopHad !== undefined) {
    const figure = number(row.shopHad, words);
    return row.shopHadAt === undefined ? figure : `${figure} (${age(row.shopHadAt, now, words)})`;
  }
  return row.lastSent === undefined ? '?' : number(row.lastSent, words);
}

/** How a row ended after apply, as one line. */
export function pushResultLine(result: PushRowResult, format: FormatContext): string {
  const { words } = format;
  const said = words.domain.pushed;
  switch (result.kind) {
    case 'sent':
      return result.was === undefined ? said.sent : `${said.sent} (${words.cli.was(number(result.was, words))})`;
    case 'already-there':
      return said['already-there'];
    case 're-read': {
      const what = result.written === true ? said.overtaken : said['re-read'];
      const now = result.now === undefined ? what : `${what} (${words.cli.now(number(result.now, words))})`;
      return result.row === undefined ? now : `${now}; ${rowNow(result.row, words)}`;
    }
    case 'held-by-guard':
      return `${said['held-by-guard']}: ${guardLabel(result.guard, words)}`;
    case 'superseded':
      return result.unlinked === true ? said.unlinked : said.superseded;
    case 'refused': {
      const why = `${said.refused}: ${refusalReason(result.why, words)}`;
      return result.said === undefined ? why : `${why} (${quotedReason({ said: result.said }, words)})`;
    }
    default:
      return result satisfies never;
  }
}

/** What would be sent now that it was read again, and what that asks. */
function rowNow(row: PushRow, words: Words): string {
  if (row.kind === 'skip') return refusalReason(row.why, words);
  const would = words.domain.wouldSend(number(row.willBe, words));
  if (row.guards.length === 0) return would;
  return `${would}, ${words.domain.wouldAsk(row.guards.map((guard) => guardRemark(row, guard, words)).join(', '))}`;
}

/** How a result is meant, for a colour beside the words. */
export function pushResultTone(result: PushRowResult): Tone {
  switch (result.kind) {
    case 'sent':
    case 'already-there':
      return 'good';
    case 'refused':
      return 'wrong';
    case 'superseded':
      return 'quiet';
    default:
      return 'waiting';
  }
}

/** How many rows go out, how many are skipped, and how many each guard stops. */
export type PushSummary = {
  readonly send: number;
  readonly unchanged: number;
  readonly skipped: number;
  /** What apply must be told by number. `zeroes` holds both plain zeroes and those that hide the product. */
  readonly asks: {
    readonly zeroes: number;
    readonly jumps: number;
    readonly firsts: number;
    readonly negatives: number;
    readonly changed: number;
  };
};

/** A plan counted up. A row may be stopped by more than one guard and then counts in each. */
export function pushSummary(rows: readonly PushRow[]): PushSummary {
  const stopped = (guards: readonly PushGuard[]): number =>
    rows.filter((row) => row.kind === 'send' && row.guards.some((guard) => guards.includes(guard))).length;
  return {
    send: rows.filter((row) => row.kind === 'send').length,
    unchanged: rows.filter((row) => row.kind === 'skip' && row.why === 'unchanged').length,
    skipped: rows.filter((row) => row.kind === 'skip' && row.why !== 'unchanged').length,
    asks: {
      zeroes: stopped(['zero', 'zero-hides']),
      jumps: stopped(['jump']),
      firsts: stopped(['first-push', 'by-gtin']),
      negatives: stopped(['negative']),
      changed: stopped(['changed-in-shop']),
    },
  };
}
