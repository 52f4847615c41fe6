import type { StockComparison } from '../../../services/diagnosis/diagnosis-service.ts';
import { openCard } from '../../../views/commands/palette.ts';
import { figureText, locationFigures } from '../../../views/diagnosis/shop-state-lines.ts';
import { shopErrorLines } from '../../../views/errors/error-lines.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { age } from '../../../views/format/times.ts';
import { sumLine } from '../../../views/push/push-lines.ts';
import { brokeAtText } from '../../../views/stock/compared-words.ts';
import { warehouseWord } from '../../../views/warehouse/compared-word.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, listOptions, onScreen, shopOption } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { printError } from '../../output/print-error.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { loadProducts, makeFormatContext, resolveOptionalShop, resolveProduct } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';

const figure = (value: number | undefined, { words }: FormatContext): string =>
  value === undefined ? '' : number(value, words);

const lastSent = ({ lastSent, lastSentAt }: StockComparison, formatContext: FormatContext): string => {
  if (lastSent === undefined) return '';
  const when = lastSentAt === undefined ? '' : ` (${age(lastSentAt, formatContext.now, formatContext.words)})`;
  return figure(lastSent, formatContext) + when;
};

const columns = (formatContext: FormatContext): readonly ListColumn<StockComparison>[] => {
  const { words } = formatContext;
  const { title } = words.cli;
  return [
    {
      id: 'item',
      title: title.item,
      rank: 0,
      min: 8,
      max: 22,
      text: ({ productId }) => formatContext.productName(productId),
    },
    { id: 'shop', title: title.shop, rank: 0, min: 4, max: 20, text: ({ shopId }) => formatContext.shopName(shopId) },
    {
      id: 'warehouse',
      title: words.warehouse.title.warehouse,
      rank: 2,
      min: 5,
      max: 22,
      align: 'right',
      text: ({ warehouse }) => warehouseWord(warehouse, words),
      value: ({ warehouse }) => (warehouse?.kind === 'told' ? warehouse.figure : undefined),
      tone: ({ warehouse, wanted }) =>
        warehouse?.kind === 'told' && warehouse.figure === wanted ? undefined : ('waiting' as const),
    },
    {
      id: 'sum',
      title: words.warehouse.title.ours,
      rank: 3,
      min: 8,
      max: 22,
      align: 'right',
      text: ({ stock, wanted }) => (wanted === undefined ? '?' : sumLine({ ...stock, available: wanted }, words)),
      value: ({ wanted }) => wanted,
    },
    {
      id: 'sent',
      title: title.sent,
      rank: 2,
      min: 4,
      max: 16,
      align: 'right',
      text: (row) => lastSent(row, formatContext),
      value: (row) => row.lastSent,
    },
    {
      id: 'now',
      title: title.shopNow,
      rank: 1,
      min: 4,
      max: 10,
      align: 'right',
      text: (row) => (row.shopFigure === undefined ? '' : figureText(row.shopFigure, words)),
      value: (row) => row.shopNow,
    },
    {
      id: 'broke',
      title: title.brokeAt,
      rank: 1,
      min: 12,
      max: 70,
      text: (row) => [brokeAtText(row, words), ...locationFigures(row.atLocations, words)].join('; '),
      tone: ({ brokeAt }) => (brokeAt === 'nowhere' ? 'good' : 'wrong'),
    },
    {
      id: 'content',
      title: title.content,
      rank: 4,
      min: 8,
      text: ({ content }) =>
        content.map(({ field, ours, theirs }) => `${words.domain.content[field]}: ${ours} / ${theirs}`).join('; '),
    },
  ];
};

/** Why shops could not be asked: once each, however many lines say that they were not. */
function printTroubles({ out, words, format }: Session, rows: readonly StockComparison[], known: FormatContext): void {
  if (format === 'json') return;
  for (const [shopId, [first]] of Map.groupBy(rows, (row) => row.shopId))
    if (first?.trouble !== undefined) printError(out, shopErrorLines(first.trouble, known.shopName(shopId), words));
}

const compare: CommandHandler<Session, { readonly shop?: string }> = async (session, [asked], options) => {
  const { services, words, signal } = session;
  if (asked === undefined && options.shop === undefined)
    throw new UsageError(words.cli.usage.missingArgument('product'), words.cli.tip.compare);
  const product = asked === undefined ? undefined : await resolveProduct(session, asked);
  const shopId = await resolveOptionalShop(session, options.shop);
  const rows = await services.diagnosis.compareStock(
    { productId: product === undefined ? undefined : product.id, shopId },
    signal,
  );
  const products =
    session.format === 'json'
      ? []
      : await loadProducts(
          session,
          rows.map((row) => row.productId),
        );
  const known = await makeFormatContext(session, products);
  await printList(session, {
    kind: 'compare',
    columns: columns(known),
    rows,
    content: { comparisons: rows },
    empty: words.cli.noRows,
  });
  printTroubles(session, rows, known);
  // A paused shop is not asked: that is told, not left out in silence.
  for (const { name, paused } of shopId === undefined ? await services.shops.all() : [])
    if (paused) session.out.note(`${name}: ${words.domain.fetched['shop-paused']}`);
  if (signal.aborted) return exit.interrupted;
  if (rows.length > 0 && rows.every(({ brokeAt }) => brokeAt === 'shop-unreachable')) return exit.connection;
  return rows.every(({ brokeAt }) => brokeAt === 'nowhere') ? exit.ok : exit.findings;
};

/** `compare`: warehouse, ours, last sent and what the shop says now. */
export const compareCommand = defineCommand({
  name: 'compare',
  help: 'compare',
  arguments: [{ name: '[product]', help: 'product' }],
  options: [shopOption(), ...listOptions],
  screen: onScreen(openCard('stock')),
  run: compare,
  examples: ['bindeled compare SOK-1', 'bindeled compare --shop no --csv'],
});
