import { namedProducts } from '../../../domain/lookup/named-products.ts';
import { available, type Product } from '../../../domain/product.ts';
import { openCard } from '../../../views/commands/palette.ts';
import { type ExplainLine, explainLines } from '../../../views/diagnosis/explain-lines.ts';
import { linkedShare } from '../../../views/diagnosis/shop-state-lines.ts';
import { longName } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { age } from '../../../views/format/times.ts';
import { wrap } from '../../../views/text/cell-text.ts';
import { warehouseSays } from '../../../views/warehouse/figure-lines.ts';
import type { CommandContext, CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen, productArgument, shopOption } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { loadProducts, makeFormatContext, resolveOptionalShop, resolveProduct } from '../../resolve-arguments.ts';

/** A product as the head of an answer: item number and name, the stock sum, in how many shops. */
export function printHeading(session: Session, product: Product, shops?: { linked: number; expected: number }): void {
  const { out, words, services } = session;
  const { onHand, reserved, at } = product.stock;
  const counted = at === undefined ? '' : ` (${age(at, services.now(), words)})`;
  const sum = words.domain.ticket.stockSum(
    number(onHand, words),
    number(reserved, words),
    number(available(product.stock), words),
  );
  out.say([{ text: longName(product, words), tone: 'strong' }]);
  out.say(
    shops === undefined ? `${sum}${counted}` : `${sum}${counted} · ${linkedShare(shops.linked, shops.expected, words)}`,
  );
}

/** Prints explaining lines; a line too long for the terminal goes on under its own beginning. */
export function printWhy({ out }: CommandContext, lines: readonly ExplainLine[]): void {
  for (const { indent, pieces } of lines) {
    const margin = ' '.repeat(indent * 2);
    const text = pieces.map((piece) => piece.text).join('');
    if (margin.length + text.length <= out.width) {
      out.say([margin, ...pieces]);
      continue;
    }
    const [head = '', ...rest] = wrap(text, Math.max(30, out.width - margin.length - 2));
    out.say([margin, ...headPieces(pieces, head)]);
    for (const more of rest) out.say([margin, '  ', { text: more, tone: pieces.at(-1)?.tone }]);
  }
}

// The first line keeps its tones: pieces are taken until the line is used up.
const headPieces = (pieces: ExplainLine['pieces'], head: string): ExplainLine['pieces'] => {
  const taken: ExplainLine['pieces'][number][] = [];
  let left = head.length;
  for (const piece of pieces) {
    if (left <= 0) break;
    taken.push({ ...piece, text: piece.text.slice(0, left) });
    left -= piece.text.length;
  }
  return taken;
};

type Options = { readonly shop?: string; readonly live?: boolean };

const why: CommandHandler<Session, Options> = async (session, [asked = ''], options) => {
  const { services, out, signal } = session;
  const product = await resolveProduct(session, asked);
  const shopId = await resolveOptionalShop(session, options.shop);
  const live = options.live === true ? { signal } : undefined;
  const [card, diagnoses] = await Promise.all([
    services.lookup.product(product.id),
    services.diagnosis.explain(product.id, shopId, live),
  ]);
  const missing = diagnoses.some((one) => one.verdict === 'not-integrated' && !isAsItShouldBe(one.findings[0].cause));
  const code = missing ? exit.findings : exit.ok;
  if (session.format === 'json') {
    out.data(jsonDocument('why', { product, live: live !== undefined, diagnoses }));
    return code;
  }
  const known = await makeFormatContext(session, [product, ...(await loadProducts(session, namedProducts(diagnoses)))]);
  printHeading(session, product, card);
  for (const line of card === undefined ? [] : warehouseSays(card, known)) out.say(line);
  for (const diagnosis of diagnoses) {
    const expected = card?.places.find(({ shop }) => shop.id === diagnosis.shopId)?.expected ?? false;
    out.say();
    printWhy(session, explainLines(diagnosis, { onHand: product.stock.onHand, expected }, known));
  }
  return code;
};

const isAsItShouldBe = (cause: string): boolean => cause === 'only-in-warehouse' || cause === 'not-for-this-shop';

/** `why`: the causes of a missing link, with evidence. */
export const whyCommand = defineCommand({
  name: 'why',
  help: 'why',
  arguments: [productArgument],
  options: [shopOption(), { flags: '--live', help: 'live' }],
  screen: onScreen(openCard('why'), ['--shop']),
  run: why,
  examples: ['bindeled why SOK-1', 'bindeled why SOK-1 --shop no --live'],
});
