import { shownGtin } from '../../../domain/ids.ts';
import type { Place, ProductCard } from '../../../services/lookup/lookup-service.ts';
import { openCard } from '../../../views/commands/palette.ts';
import {
  locationFigures,
  type ShopStateLine,
  shopFigures,
  shopStateLine,
} from '../../../views/diagnosis/shop-state-lines.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { money, number } from '../../../views/format/numbers.ts';
import { ago, localDate } from '../../../views/format/times.ts';
import { partLine, warehouseSays } from '../../../views/warehouse/figure-lines.ts';
import type { Words } from '../../../views/words/words.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen, productArgument } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { type ListColumn, printFacts, printTable } from '../../output/print-list.ts';
import { makeFormatContext, resolveProduct } from '../../resolve-arguments.ts';
import { printHeading } from '../diagnosis/why.ts';

const columns = (words: Words): readonly ListColumn<ShopStateLine>[] => {
  const { title } = words.cli;
  return [
    { id: 'sign', title: ' ', rank: 0, min: 1, max: 1, text: (line) => line.sign, tone: (line) => line.tone },
    { id: 'shop', title: title.shop, rank: 0, min: 4, max: 20, text: (line) => line.shop },
    { id: 'state', title: title.state, rank: 1, min: 6, max: 18, text: (line) => line.word, tone: (line) => line.tone },
    { id: 'ref', title: title.productId, rank: 2, min: 6, max: 24, text: (line) => line.ref },
    { id: 'says', title: title.shopSays, rank: 5, min: 6, max: 16, text: (line) => line.shopSays },
    { id: 'sent', title: title.sent, rank: 6, min: 4, max: 8, align: 'right', text: (line) => line.lastSent },
    { id: 'has', title: title.shopHas, rank: 4, min: 4, max: 8, align: 'right', text: (line) => line.shopHas },
    { id: 'age', title: title.age, rank: 7, min: 5, max: 8, align: 'right', text: (line) => line.age },
    { id: 'why', title: title.why, rank: 3, min: 10, text: (line) => line.why },
  ];
};

const productFacts = (card: ProductCard, formatContext: FormatContext): readonly (readonly [string, string])[] => {
  const { words, now } = formatContext;
  const { product, lastSale } = card;
  const said = words.cli.fact;
  return [
    ['EAN', product.gtin === undefined ? '' : shownGtin(product.gtin)],
    [said.price, product.content.price === undefined ? '' : money(product.content.price, words)],
    [said.cost, product.cost === undefined ? '' : money(product.cost, words)],
    [
      said.origin,
      product.contentFrom === undefined ? said.warehouse : formatContext.shopName(product.contentFrom.shopId),
    ],
    [
      said.lastSale,
      lastSale === undefined ? '' : `${ago(lastSale.at, now, words)}, ${formatContext.shopName(lastSale.ref.shopId)}`,
    ],
    [words.warehouse.fact.source, warehouseSays(card, formatContext).join('')],
    [words.warehouse.locations, card.parts.map((part) => partLine(part, words)).join('; ')],
    [said.ourId, product.id],
  ];
};

const noteLines = ({ marks }: ProductCard, formatContext: FormatContext): readonly string[] =>
  marks.map((mark) => {
    const { words, timeZone, now } = formatContext;
    const where = mark.shopId === undefined ? '' : ` ${formatContext.shopName(mark.shopId)}`;
    const until = mark.until === undefined ? '' : ` ${words.domain.until(localDate(mark.until, timeZone))}`;
    const text = mark.text === undefined ? '' : `: ${mark.text}`;
    return `${words.domain.mark[mark.kind]}${where}, ${mark.by}, ${ago(mark.at, now, words)}${until}${text}`;
  });

/** What customers read differently from shop to shop, a line for each of them. */
const printDifferences = (session: Session, { differences }: ProductCard, formatContext: FormatContext): void => {
  for (const { field, values } of differences) {
    session.out.say([
      { text: formatContext.words.cli.differs(formatContext.words.domain.difference[field]), tone: 'quiet' },
    ]);
    const facts = values.map(({ shopId, said }) => [formatContext.shopName(shopId), said] as const);
    printFacts(session, facts, '  ');
  }
};

const isMissing = (place: Place): boolean => place.expected && place.diagnosis.verdict === 'not-integrated';

const show: CommandHandler<Session, object> = async (session, [asked = '']) => {
  const { services, out, words } = session;
  const product = await resolveProduct(session, asked);
  const card = await services.lookup.product(product.id);
  if (card === undefined) return exit.findings;
  if (session.format === 'json') {
    out.data(jsonDocument('product', { card }));
    return exit.ok;
  }
  const known = await makeFormatContext(session, [product, ...card.named]);
  printHeading(session, card.product, card);
  out.say();
  printTable(
    session,
    columns(words),
    card.places.map((place) => shopStateLine(place, card.product, known)),
  );
  for (const place of card.places) {
    const atLocations = locationFigures(shopFigures(place, card.product).atLocations, words);
    if (atLocations.length > 0) out.say([{ text: `  ${place.shop.name}: ${atLocations.join(', ')}`, tone: 'quiet' }]);
  }
  out.say();
  printFacts(session, productFacts(card, known));
  for (const text of noteLines(card, known)) out.say(text);
  printDifferences(session, card, known);
  const missing = card.places.filter(isMissing);
  if (missing.length > 0) {
    out.say();
    out.say([{ text: words.cli.tip.why(number(missing.length, words), product.sku ?? product.id), tone: 'quiet' }]);
  }
  return exit.ok;
};

/** `show`: a product's card, with a line for every shop. */
export const showCommand = defineCommand({
  name: 'show',
  help: 'show',
  arguments: [productArgument],
  screen: onScreen(openCard()),
  run: show,
  examples: ['bindeled show SOK-1'],
});
