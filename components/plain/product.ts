import type { ProductId, ShopId } from '../../src/domain/ids.ts';
import type { Place, ProductCard } from '../../src/services/services.ts';
import { eventLine } from '../../src/views/happenings/event-lines.ts';
import { cardHead } from '../../src/views/products/card-lines.ts';
import { placeLine } from '../../src/views/products/place-lines.ts';
import { shortName } from '../../src/views/telling.ts';
import { fetchLine } from '../../src/views/triage/fetch-lines.ts';
import { ticket } from '../../src/views/triage/ticket.ts';
import { whyLines } from '../../src/views/triage/why-lines.ts';
import { push } from './push.ts';
import { attempt, choose, joined, list, meant, most, type PlainRoom, spoken, wide } from './room.ts';

/** The card; why links are missing is said the first time only. */
function sayCard(room: PlainRoom, card: ProductCard, withWhy: boolean): void {
  const { say } = room;
  const said = room.telling([card.product]);
  for (const line of cardHead(card, said, wide)) say(spoken(line));
  for (const place of card.places) {
    const line = placeLine(place, said);
    say(joined(line.shop, line.word, line.ref, line.shopHas, line.why, line.next));
    if (!withWhy || !place.expected || place.diagnosis.verdict !== 'not-integrated') continue;
    for (const why of whyLines(place.diagnosis, said, wide)) if (spoken(why) !== '') say(`  ${spoken(why)}`);
  }
}

/** Fetches products again and says what each shop answered. */
export async function fetchAgain(
  room: PlainRoom,
  asked: readonly string[],
  shopIds?: readonly ShopId[],
): Promise<void> {
  const { services, words, say, signal } = room;
  say(words.screen.fetching(String(asked.length)));
  const results = await services.fetch({ asked, shopIds }, signal);
  if (results.length === 0) say(words.screen.fetchedNothing);
  for (const result of results) say(fetchLine(result, room.telling()).text);
}

async function askLive(room: PlainRoom, card: ProductCard): Promise<void> {
  const { services, say, signal } = room;
  const diagnoses = await services.why(card.product.id, undefined, { signal });
  for (const diagnosis of diagnoses) {
    const said = room.telling([card.product]);
    say(said.shopName(diagnosis.shopId));
    for (const line of whyLines(diagnosis, said, wide)) if (spoken(line) !== '') say(`  ${spoken(line)}`);
  }
}

async function sayTimeline(room: PlainRoom, card: ProductCard): Promise<void> {
  const events = await room.services.timeline({ productId: card.product.id, limit: most });
  const said = room.telling([card.product]);
  list(
    room,
    events.map((event) => {
      const line = eventLine(event, said);
      return joined(line.local, line.shop, line.sentence, line.who);
    }),
  );
}

async function sayTicket(room: PlainRoom, card: ProductCard): Promise<void> {
  const events = await room.services.timeline({ productId: card.product.id, limit: most });
  room.say(ticket({ card, events }, room.telling([card.product])));
}

async function keepNote({ services, ask, say, words }: PlainRoom, { product }: ProductCard): Promise<void> {
  const text = await ask(words.screen.noteTitle);
  if (text === undefined || text === '') return say(words.screen.plain.notDone);
  await services.mark({ productId: product.id, kind: 'note', text });
  say(words.screen.noted);
}

async function setCount({ services, ask, say, words }: PlainRoom, { product }: ProductCard): Promise<void> {
  const text = (await ask(words.screen.countTitle)) ?? '';
  if (!/^-?\d+$/.test(text)) return say(text === '' ? words.screen.plain.notDone : words.screen.notANumber(text));
  await services.setStock(product.id, Number(text));
  say(words.screen.counted(text));
}

async function removeLink(room: PlainRoom, { product, places }: ProductCard): Promise<void> {
  const { services, words, say } = room;
  const linked = places.filter((place): place is Place => place.integration !== undefined);
  const chosen = await choose(
    room,
    linked.map((place) => place.shop.name),
  );
  const shop = chosen === undefined ? undefined : linked[chosen]?.shop;
  if (shop === undefined) return;
  const name = shortName(product, words);
  say(words.screen.removeTitle(name, shop.name));
  say(words.screen.removeEffect(shop.name));
  say(words.screen.removeUndo);
  if (!(await meant(room, shop.id))) return;
  await services.remove(product.id, shop.id, words.screen.removeNote);
  say(words.screen.removed(name, shop.name));
}

/** What can be done with the product whose card was said. */
const acts = [
  { label: 'fetch', run: (room, { product }) => fetchAgain(room, [product.id]) },
  { label: 'live', run: askLive },
  { label: 'timeline', run: sayTimeline },
  { label: 'push', run: (room, { product }) => push(room, { productIds: [product.id] }) },
  { label: 'count', run: setCount },
  { label: 'note', run: keepNote },
  { label: 'remove', run: removeLink },
  { label: 'ticket', run: sayTicket },
] as const satisfies readonly {
  readonly label: keyof PlainRoom['words']['screen']['plain']['act'];
  readonly run: (room: PlainRoom, card: ProductCard) => Promise<void>;
}[];

/** Says a product's card, the missing links with why, and does what the person chooses until there is no more. */
export async function product(room: PlainRoom, id: ProductId): Promise<void> {
  for (let first = true; ; first = false) {
    const card = await room.services.product(id);
    if (card === undefined) return room.say(room.words.screen.productGone);
    sayCard(room, card, first);
    const chosen = await choose(
      room,
      acts.map((one) => room.words.screen.plain.act[one.label]),
    );
    const act = chosen === undefined ? undefined : acts[chosen];
    if (act === undefined) return;
    await attempt(room, () => act.run(room, card));
  }
}
