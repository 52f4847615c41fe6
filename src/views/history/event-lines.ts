import type { Actor } from '../../domain/actor.ts';
import type { DomainEvent, StoredEvent } from '../../domain/event.ts';
import { isAlreadyThere, shopOf } from '../../domain/event.ts';
import type { Instant, ProductId } from '../../domain/ids.ts';
import type { Stock } from '../../domain/product.ts';
import type { Shop } from '../../domain/shop.ts';
import { conflictKindLabel, conflictSentence } from '../conflicts/conflict-lines.ts';
import { quotedReason } from '../errors/shop-reason.ts';
import { type FormatContext, shortName } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { atLocation, fullRef } from '../format/refs.ts';
import { ago, localDate, localTime, span } from '../format/times.ts';
import { runCountsLine, runOutcomeWord, salesLine, unreadableLine } from '../sync/run-lines.ts';
import type { Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { shopFields, updatedFields } from './event-fields.ts';
import { eventTone } from './event-tone.ts';

/** Who did it: a person's name, or the program's. */
export const actorName = (actor: Actor, words: Words): string =>
  actor.kind === 'person'
    ? actor.name
    : actor.name === 'sync'
      ? words.domain.programs.sync
      : actor.name || words.domain.program;

/** A person's name; nothing for what the program does by itself, which says so already. */
export const personName = (actor: Actor): string => (actor.kind === 'person' ? actor.name : '');

/** What an event was, in words; the name of one that a newer program wrote is all that is known of it. */
const eventTypeWord = (type: string, words: Words): string =>
  Object.entries(words.domain.eventType).find(([id]) => id === type)?.[1] ?? type;

const stockText = (stock: Stock, words: Words): string =>
  stock.reserved === 0
    ? number(stock.onHand, words)
    : `${number(stock.onHand, words)} (${number(stock.reserved, words)} ${words.domain.reserved})`;

const shopChange = (before: Shop, shop: Shop, words: Words): string => {
  if (before.paused !== shop.paused)
    return shop.paused ? words.domain.event.shopPaused(shop.name) : words.domain.event.shopResumed(shop.name);
  return words.domain.event.shopChanged(shop.name, shopFields(before, shop, words));
};

/** What happened, as one line without its time. */
export function eventSentence(event: DomainEvent, format: FormatContext): string {
  const { words, productName } = format;
  const said = words.domain.event;
  const figure = (value: number | undefined): string => (value === undefined ? '?' : number(value, words));
  const nameOf = (id: ProductId | undefined, otherwise: string): string =>
    id === undefined ? otherwise : productName(id);
  switch (event.type) {
    case 'product-created': {
      const name = shortName(event.product, words);
      return event.from === undefined ? said.productCreated(name) : said.productCreatedFrom(name, fullRef(event.from));
    }
    case 'product-updated':
      return event.source === undefined
        ? said.productUpdated(productName(event.productId), updatedFields(event, words))
        : said.productUpdatedBy(
            productName(event.productId),
            updatedFields(event, words),
            format.sourceName(event.source),
          );
    case 'product-renamed': {
      const numbers = [event.was ?? words.domain.noItemNumber, event.sku] as const;
      return event.source === undefined
        ? said.productRenamed(productName(event.productId), ...numbers)
        : said.productRenamedIn(productName(event.productId), format.sourceName(event.source), ...numbers);
    }
    case 'integration-created': {
      const { productId, ref, how } = event.integration;
      return said.integrationCreated(productName(productId), fullRef(ref), words.domain.how[how]);
    }
    case 'integration-removed': {
      const { productId, ref } = event.integration;
      const removed = said.integrationRemoved(
        productName(productId),
        fullRef(ref),
        words.domain.removal[event.because],
      );
      return event.note === undefined ? removed : `${removed}; ${event.note}`;
    }
    case 'conflict-found':
      return said.conflictFound(conflictSentence(event.conflict, format));
    case 'conflict-cleared':
      return said.conflictCleared(conflictKindLabel(event.conflict.kind, words), fullRef(event.conflict.ref));
    case 'activity-changed': {
      const [was, now] = [words.domain.activity[event.was], words.domain.activity[event.now]];
      return said.activityChanged(
        fullRef(event.ref),
        was,
        now === event.shopSays ? now : `${now} ("${event.shopSays}")`,
      );
    }
    case 'listing-gone':
      return said.listingGone(fullRef(event.listing.ref));
    case 'stock-changed':
      return said.stockChanged(
        productName(event.productId),
        stockText(event.before, words),
        stockText(event.stock, words),
        [words.domain.stockReason[event.why], event.counted?.location ?? ''].filter((part) => part !== '').join(', '),
      );
    case 'gone-from-warehouse':
      return said.goneFromWarehouse(productName(event.productId), format.sourceName(event.source));
    case 'back-in-warehouse':
      return said.backInWarehouse(productName(event.productId), format.sourceName(event.source));
    case 'stock-pushed': {
      const [name, was, now] = [
        atLocation(productName(event.productId), event),
        figure(event.was),
        figure(event.quantity),
      ];
      if (isAlreadyThere(event)) return said.stockAlreadyThere(name, now);
      return event.held === undefined
        ? said.stockPushed(name, was, now)
        : said.stockPushedHeld(name, was, now, figure(event.held));
    }
    case 'push-refused': {
      const refused = said.pushRefused(
        atLocation(productName(event.productId), event),
        words.domain.refusal[event.why],
      );
      return event.said === undefined ? refused : `${refused} (${quotedReason({ said: event.said }, words)})`;
    }
    case 'product-fetched': {
      const outcome = words.domain.fetched[event.outcome];
      const ended =
        event.said === undefined
          ? outcome
          : `${outcome} (${quotedReason({ said: event.said, saidBy: event.saidBy }, words)})`;
      return said.productFetched(nameOf(event.productId, event.asked), ended, span(event.tookMs, words));
    }
    case 'marked':
    case 'unmarked': {
      const say = event.type === 'marked' ? said.marked : said.unmarked;
      const { mark } = event;
      const line = say(productName(mark.productId), words.domain.mark[mark.kind]);
      const until = mark.until === undefined ? '' : `, ${words.domain.until(localDate(mark.until, format.timeZone))}`;
      return `${line}${until}${mark.text === undefined ? '' : `: ${mark.text}`}`;
    }
    case 'ruled':
      return event.ruling.kind === 'keep'
        ? said.ruledKeep(fullRef(event.ruling.ref))
        : said.ruledNotTheSame(fullRef(event.ruling.ref), productName(event.ruling.productId));
    case 'unruled':
      return said.unruled(fullRef(event.ruling.ref));
    case 'run-finished':
      return said.runFinished(
        event.run.kind,
        runOutcomeWord(event.run, words),
        [
          runCountsLine(event.run.counts, words),
          ...salesLine(event.run, words),
          ...unreadableLine(event.run.unreadable, words),
        ].join('; '),
      );
    case 'sync-answered':
      return said.syncAnswered(words.domain.integrations(number(event.accepted, words)));
    case 'shop-added':
      return said.shopAdded(event.shop.name);
    case 'shop-changed':
      return shopChange(event.before, event.shop, words);
    case 'shop-removed':
      return said.shopRemoved(event.shop.name);
    case 'undone':
      return said.undone(String(event.undoes), eventTypeWord(event.what, words));
    default:
      return event satisfies never;
  }
}

/** One event made ready to draw. */
export type EventLine = {
  readonly seq: number;
  readonly at: Instant;
  readonly local: string;
  readonly ago: string;
  readonly shop: string;
  readonly who: string;
  readonly sentence: string;
  readonly tone: Tone;
};

/** A stored event in words: when, where, who, what. */
export function eventLine(event: StoredEvent, format: FormatContext): EventLine {
  const shopId = shopOf(event);
  return {
    seq: event.seq,
    at: event.at,
    local: localTime(event.at, format.timeZone),
    ago: ago(event.at, format.now, format.words),
    shop: shopId === undefined ? '' : format.shopName(shopId),
    who: actorName(event.by, format.words),
    sentence: eventSentence(event, format),
    tone: eventTone(event),
  };
}
