import { cleanName } from '../../src/views/columns.ts';
import { eventLine } from '../../src/views/happenings/event-lines.ts';
import type { PlainPage } from '../../src/views/input/plain-menu.ts';
import { holdingDetail } from '../../src/views/products/holding-lines.ts';
import { shownRef } from '../../src/views/refs.ts';
import { longName } from '../../src/views/telling.ts';
import { inactiveLine } from '../../src/views/triage/inactive-lines.ts';
import { conflicts } from './conflicts.ts';
import { product } from './product.ts';
import { push } from './push.ts';
import { choose, joined, list, most, type PlainRoom, spoken, wide } from './room.ts';
import { shops } from './shops.ts';
import { undo } from './undo.ts';

/** Looks a text up: the one product it names, or those to choose from. */
export async function search(room: PlainRoom, given?: string): Promise<void> {
  const { services, words, ask, say } = room;
  const asked = given ?? (await ask(words.screen.plain.searchFor)) ?? '';
  if (asked === '') return;
  const [named, another] = await services.identify(asked);
  if (named !== undefined && another === undefined) return product(room, named.id);
  const { hits } = await services.lookUp(asked, most);
  const [first] = hits;
  if (first === undefined) return say(words.screen.foundNothing(asked));
  if (hits.length === 1 && first.product !== undefined) return product(room, first.product.id);
  const chosen = await choose(
    room,
    hits.map((hit) =>
      cleanName(hit.product === undefined ? (hit.listing?.content.name ?? '') : longName(hit.product, words)),
    ),
  );
  const hit = chosen === undefined ? undefined : hits[chosen];
  if (hit?.product !== undefined) return product(room, hit.product.id);
  if (hit?.listing !== undefined) return shopId(room, hit.listing.ref.shopProductId);
}

/** Who holds a product id, and who else wants it; nobody is an answer. */
export async function shopId(room: PlainRoom, given?: string): Promise<void> {
  const id = given ?? (await room.ask(room.words.screen.plain.idFor)) ?? '';
  if (id === '') return;
  const holdings = await room.services.whoHolds(id);
  if (holdings.length === 0) room.say(room.words.screen.nobodyHolds(id));
  for (const holding of holdings) {
    room.say(`${holding.shop.name} ${shownRef(holding.ref)}`);
    for (const line of holdingDetail(holding, room.telling(), wide)) {
      if (spoken(line) !== '') room.say(`  ${spoken(line)}`);
    }
  }
}

async function inactive(room: PlainRoom): Promise<void> {
  const report = await room.services.inactiveWithStock({ limit: most });
  if (report.rows.length === 0) return room.say(room.words.screen.nothingInactive);
  if (report.total > most) room.say(room.words.screen.countOf(String(most), String(report.total)));
  const chosen = await choose(
    room,
    report.rows.map((row) => {
      const line = inactiveLine(row, room.telling());
      return joined(
        line.item,
        cleanName(line.name),
        line.shop,
        line.rung,
        line.onHand,
        line.exactValue,
        ...line.signals,
      );
    }),
  );
  const row = chosen === undefined ? undefined : report.rows[chosen];
  if (row !== undefined) await product(room, row.productId);
}

async function activity(room: PlainRoom): Promise<void> {
  const events = await room.services.timeline({ limit: most });
  list(
    room,
    events.map((event) => {
      const line = eventLine(event, room.telling());
      return joined(line.local, line.shop, line.sentence, line.who);
    }),
  );
}

/** What each choice of the plain mode does. */
export const plainPages: Readonly<Record<PlainPage, (room: PlainRoom) => Promise<void>>> = {
  search,
  shopId,
  inactive,
  conflicts,
  push,
  shops,
  activity,
  undo,
};
