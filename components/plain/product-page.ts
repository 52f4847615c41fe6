import type { ProductId, ShopId } from '../../src/domain/ids.ts';
import type { Place, ProductCard } from '../../src/services/lookup/lookup-service.ts';
import { diagnosisDetail } from '../../src/views/diagnosis/diagnosis-detail.ts';
import { shopStateLine } from '../../src/views/diagnosis/shop-state-lines.ts';
import { ticket } from '../../src/views/diagnosis/ticket.ts';
import { fetchLine } from '../../src/views/fetch/fetch-lines.ts';
import { shortName } from '../../src/views/format/format-context.ts';
import { eventLine } from '../../src/views/history/event-lines.ts';
import { cardHead } from '../../src/views/product/card-lines.ts';
import { count } from './count-page.ts';
import {
  choose,
  confirmTyped,
  joinParts,
  lineWidth,
  list,
  maxLines,
  type PlainContext,
  plainText,
  withErrorHandling,
} from './plain-context.ts';
import { push } from './push-page.ts';

/** The card; why links are missing is said the first time only. */
function printCard(context: PlainContext, card: ProductCard, withWhy: boolean): void {
  const { print } = context;
  const format = context.formatFor([card.product, ...card.named]);
  for (const line of cardHead(card, format, lineWidth)) print(plainText(line));
  for (const place of card.places) {
    const line = shopStateLine(place, card.product, format);
    print(joinParts(line.shop, line.word, line.ref, line.shopHas, line.why, line.next));
    if (!withWhy || !place.expected || place.diagnosis.verdict !== 'not-integrated') continue;
    for (const why of diagnosisDetail(place.diagnosis, format, lineWidth))
      if (plainText(why) !== '') print(`  ${plainText(why)}`);
  }
}

/** Fetches products again and says what each shop answered. */
export async function fetchAgain(
  context: PlainContext,
  asked: readonly string[],
  shopIds?: readonly ShopId[],
): Promise<void> {
  const { services, words, print, signal } = context;
  print(words.screen.fetching(String(asked.length)));
  const results = await services.fetch.run({ asked, shopIds }, signal);
  if (results.length === 0) print(words.screen.fetchedNothing);
  for (const result of results) print(fetchLine(result, context.formatFor()).text);
}

async function askLive(context: PlainContext, card: ProductCard): Promise<void> {
  const { services, print, signal } = context;
  const diagnoses = await services.diagnosis.explain(card.product.id, undefined, { signal });
  for (const diagnosis of diagnoses) {
    const format = context.formatFor([card.product, ...card.named]);
    print(format.shopName(diagnosis.shopId));
    for (const line of diagnosisDetail(diagnosis, format, lineWidth))
      if (plainText(line) !== '') print(`  ${plainText(line)}`);
  }
}

async function printTimeline(context: PlainContext, card: ProductCard): Promise<void> {
  const events = await context.services.history.list({ productId: card.product.id, limit: maxLines });
  const format = context.formatFor([card.product, ...card.named]);
  list(
    context,
    events.map((event) => {
      const line = eventLine(event, format);
      return joinParts(line.local, line.shop, line.sentence, line.who);
    }),
  );
}

async function printTicket(context: PlainContext, card: ProductCard): Promise<void> {
  const events = await context.services.history.list({ productId: card.product.id, limit: maxLines });
  context.print(ticket({ card, events }, context.formatFor([card.product, ...card.named])));
}

async function addNote({ services, ask, print, words }: PlainContext, { product }: ProductCard): Promise<void> {
  const text = await ask(words.screen.noteTitle);
  if (text === undefined || text === '') return print(words.screen.plain.notDone);
  await services.marks.add({ productId: product.id, kind: 'note', text });
  print(words.screen.noted);
}

async function removeLink(context: PlainContext, { product, places }: ProductCard): Promise<void> {
  const { services, words, print } = context;
  const linked = places.filter((place): place is Place => place.integration !== undefined);
  const chosen = await choose(
    context,
    linked.map((place) => place.shop.name),
  );
  const shop = chosen === undefined ? undefined : linked[chosen]?.shop;
  if (shop === undefined) return;
  const name = shortName(product, words);
  print(words.screen.removeTitle(name, shop.name));
  print(words.screen.removeEffect(shop.name));
  print(words.screen.removeUndo);
  if (!(await confirmTyped(context, shop.id))) return;
  await services.integrations.remove(product.id, shop.id, words.screen.removeNote);
  print(words.screen.removed(name, shop.name));
}

/** What can be done with the product whose card was said. */
const acts = [
  { label: 'fetch', run: (context, { product }) => fetchAgain(context, [product.id]) },
  { label: 'live', run: askLive },
  { label: 'timeline', run: printTimeline },
  { label: 'push', run: (context, { product }) => push(context, { productIds: [product.id] }) },
  { label: 'count', run: count },
  { label: 'note', run: addNote },
  { label: 'remove', run: removeLink },
  { label: 'ticket', run: printTicket },
] as const satisfies readonly {
  readonly label: keyof PlainContext['words']['screen']['plain']['act'];
  readonly run: (context: PlainContext, card: ProductCard) => Promise<void>;
}[];

/** Says a product's card, the missing links with why, and does what the person chooses until there is no more. */
export async function product(context: PlainContext, id: ProductId): Promise<void> {
  for (let first = true; ; first = false) {
    const card = await context.services.lookup.product(id);
    if (card === undefined) return context.print(context.words.screen.productGone);
    printCard(context, card, first);
    const chosen = await choose(
      context,
      acts.map((one) => context.words.screen.plain.act[one.label]),
    );
    const act = chosen === undefined ? undefined : acts[chosen];
    if (act === undefined) return;
    await withErrorHandling(context, () => act.run(context, card));
  }
}
