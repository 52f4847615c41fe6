import type { ProductId } from '../src/domain/ids.ts';
import { cardHead } from '../src/views/card-lines.ts';
import { cleanName } from '../src/views/columns.ts';
import { conflictLines } from '../src/views/conflict-lines.ts';
import { eventLine } from '../src/views/event-lines.ts';
import { holdingDetail } from '../src/views/holding-lines.ts';
import { inactiveLine } from '../src/views/inactive-lines.ts';
import { distinctHits } from '../src/views/look-up-lines.ts';
import { placeLine } from '../src/views/place-lines.ts';
import type { PlainPage } from '../src/views/plain-menu.ts';
import { shownRef } from '../src/views/refs.ts';
import { shopLine } from '../src/views/shop-lines.ts';
import { longName } from '../src/views/telling.ts';
import type { Piece } from '../src/views/tones.ts';
import { whyLines } from '../src/views/why-lines.ts';
import type { PlainRoom } from './plain-room.ts';

/** Lines of a list that are said before the rest is only counted. */
const most = 20;
/** Cells that a spoken line may take; it is never drawn over. */
const wide = 200;

const spoken = (line: string | readonly Piece[]): string =>
  typeof line === 'string' ? line : line.map((piece) => piece.text).join('');

function list({ say, words }: PlainRoom, lines: readonly string[], total = lines.length): void {
  if (lines.length === 0) say(words.screen.plain.nothing);
  for (const line of lines.slice(0, most)) say(line);
  if (total > most) say(words.screen.plain.more(String(total - most)));
}

async function product(room: PlainRoom, id: ProductId): Promise<void> {
  const { services, say } = room;
  const card = await services.product(id);
  if (card === undefined) return;
  const said = room.telling([card.product]);
  for (const line of cardHead(card, said, wide)) say(spoken(line));
  for (const place of card.places) {
    const line = placeLine(place, said);
    say([line.shop, line.word, line.ref, line.shopHas, line.why, line.next].filter((part) => part !== '').join(', '));
    if (place.expected && place.diagnosis.verdict === 'not-integrated') {
      for (const why of whyLines(place.diagnosis, said, wide)) if (spoken(why) !== '') say(`  ${spoken(why)}`);
    }
  }
}

async function search(room: PlainRoom, given?: string): Promise<void> {
  const { services, words, ask, say } = room;
  const asked = given ?? (await ask(words.screen.plain.searchFor)) ?? '';
  if (asked === '') return;
  const hits = distinctHits((await services.lookUp(asked, most)).hits);
  const [first] = hits;
  if (first === undefined) return say(words.screen.foundNothing(asked));
  if (hits.length === 1 && first.product !== undefined) return product(room, first.product.id);
  list(
    room,
    hits.map(
      (hit, index) =>
        `${index + 1}  ${hit.product === undefined ? cleanName(hit.listing?.content.name ?? '') : cleanName(longName(hit.product, words))}`,
    ),
  );
  const choice = hits[Number(await ask(words.screen.plain.menu)) - 1];
  if (choice?.product !== undefined) await product(room, choice.product.id);
}

/** What each choice of the plain mode says. */
export const plainPages: Readonly<Record<PlainPage, (room: PlainRoom, given?: string) => Promise<void>>> = {
  search,
  shopId: async (room) => {
    const id = (await room.ask(room.words.screen.plain.idFor)) ?? '';
    if (id === '') return;
    const holdings = await room.services.whoHolds(id);
    if (holdings.length === 0) room.say(room.words.screen.nobodyHolds(id));
    for (const holding of holdings) {
      room.say(`${holding.shop.name} ${shownRef(holding.ref)}`);
      for (const line of holdingDetail(holding, room.telling(), wide))
        if (spoken(line) !== '') room.say(`  ${spoken(line)}`);
    }
  },
  inactive: async (room) => {
    const report = await room.services.inactiveWithStock({ limit: most });
    const lines = report.rows.map((row) => {
      const line = inactiveLine(row, room.telling());
      return [
        line.item,
        cleanName(line.name),
        line.shop,
        line.rung,
        line.onHand,
        line.exactValue,
        ...line.signals,
      ].join(', ');
    });
    list(room, lines, report.total);
  },
  conflicts: async (room) => {
    const cards = await room.services.conflicts();
    list(
      room,
      cards.map((card) => {
        const line = conflictLines(card, room.telling());
        return `${line.shop}: ${line.sentence}`;
      }),
    );
  },
  shops: async (room) => {
    const shops = await room.services.shops();
    list(
      room,
      shops.map((one) => {
        const line = shopLine(one, room.telling());
        return [one.shop.id, one.shop.name, line.health, line.lastComplete, line.trouble]
          .filter((part) => part !== '')
          .join(', ');
      }),
    );
  },
  activity: async (room) => {
    const events = await room.services.timeline({ limit: most });
    list(
      room,
      events.map((event) => {
        const line = eventLine(event, room.telling());
        return [line.local, line.shop, line.sentence, line.who].filter((part) => part !== '').join(', ');
      }),
    );
  },
};
