import type { InactiveRow } from '../../../domain/inactive/inactive-row.ts';
import { rungs } from '../../../domain/inactive/inactive-row.ts';
import { wholeUnits } from '../../../domain/money.ts';
import type { InactiveReport } from '../../../services/inactive/inactive-service.ts';
import { goTo, shopIn } from '../../../views/commands/palette.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number, roundMoney } from '../../../views/format/numbers.ts';
import { localTime } from '../../../views/format/times.ts';
import { type InactiveLine, inactiveLine, rungWord } from '../../../views/inactive/inactive-lines.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, listOptions, onScreen } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { makeFormatContext } from '../../resolve-arguments.ts';
import { type InactiveOptions, inactiveOptions, inactiveQuery } from './inactive-query.ts';

type Line = InactiveLine & { readonly row: InactiveRow };

const amount = ({ row }: Line): number | undefined => (row.value === undefined ? undefined : wholeUnits(row.value));

const forSheet = { only: 'csv', rank: 9, min: 3 } as const;

const columns = ({ words, timeZone }: FormatContext): readonly ListColumn<Line>[] => {
  const { title } = words.cli;
  return [
    { id: 'sign', title: ' ', rank: 0, min: 1, max: 1, text: (line) => line.sign, tone: (line) => line.tone },
    { id: 'rung', title: title.sure, rank: 3, min: 8, max: 14, text: (line) => line.rung, tone: (line) => line.tone },
    {
      id: 'value',
      title: title.value,
      rank: 1,
      min: 7,
      max: 14,
      align: 'right',
      text: (line) => line.value,
      value: amount,
    },
    { ...forSheet, id: 'currency', title: title.currency, text: ({ row }) => row.value?.currency ?? '' },
    {
      id: 'stock',
      title: title.onHand,
      rank: 1,
      min: 4,
      max: 8,
      align: 'right',
      text: (line) => line.onHand,
      value: ({ row }) => row.onHand,
    },
    { id: 'days', title: title.days, rank: 4, min: 4, max: 6, align: 'right', text: (line) => line.days },
    { id: 'item', title: title.item, rank: 0, min: 8, max: 20, text: (line) => line.item },
    { id: 'name', title: title.name, rank: 5, min: 10, max: 30, text: (line) => line.name },
    { id: 'shop', title: title.shop, rank: 0, min: 4, max: 20, text: (line) => line.shop },
    { id: 'ref', title: title.productId, rank: 7, min: 6, max: 22, text: (line) => line.ref },
    { id: 'signals', title: title.why, rank: 2, min: 16, text: (line) => line.signals.join('; ') },
    {
      ...forSheet,
      id: 'asOf',
      title: title.asOf,
      text: ({ row }) => (row.asOf === undefined ? '' : localTime(row.asOf, timeZone)),
    },
    { id: 'tick', title: title.checked, rank: 8, min: 4, max: 40, text: (line) => line.tick },
  ];
};

const printSummary = (session: Session, report: InactiveReport, formatContext: FormatContext): void => {
  const { out, words } = session;
  const value = report.value.map((money) => roundMoney(money, words)).join(' + ');
  const ladder = rungs
    .filter((rung) => report.byRung[rung] > 0)
    .map((rung) => `${number(report.byRung[rung], words)} ${rungWord(rung, words)}`)
    .join(', ');
  const all = words.domain.rows(number(report.total, words));
  const rows = report.rows.length < report.total ? words.cli.shown(number(report.rows.length, words), all) : all;
  const head = words.cli.atRisk(rows, value === '' ? '?' : value);
  out.note();
  out.note([{ text: head, tone: 'strong' }, ladder === '' ? '' : `: ${ladder}`]);
  if (report.ticked > 0) out.note(words.cli.ticked(number(report.ticked, words)));
  if (report.withoutSales.length > 0)
    out.note(words.cli.withoutSales(report.withoutSales.map((id) => formatContext.shopName(id)).join(', ')));
  out.note([{ text: words.cli.tip.report, tone: 'quiet' }]);
};

const inactive: CommandHandler<Session, InactiveOptions> = async (session, _operands, options) => {
  const { services, words } = session;
  const report = await services.inactive.list(await inactiveQuery(session, options));
  const known = await makeFormatContext(session);
  const rows: readonly Line[] = report.rows.map((row) => ({ ...inactiveLine(row, known), row }));
  await printList(session, {
    kind: 'inactive-with-stock',
    columns: columns(known),
    rows,
    content: report,
    empty: !report.anyGoods ? words.cli.noGoods : words.cli.noneInactive,
  });
  if ((session.format === 'text' || session.format === 'plain') && rows.length > 0)
    printSummary(session, report, known);
  return rows.length === 0 ? exit.ok : exit.findings;
};

/** `report inactive-with-stock`: goods on the shelf that a shop does not sell. */
export const reportInactiveCommand = defineCommand({
  name: 'report inactive-with-stock',
  aliases: ['inactive'],
  help: 'inactive',
  options: [...inactiveOptions, { flags: '--with-ticked', help: 'withTicked' }, ...listOptions],
  isDefault: true,
  screen: onScreen((line) => goTo({ screen: 'inactive', shopId: shopIn(line) }), ['--shop']),
  run: inactive,
  examples: [
    'bindeled report inactive-with-stock --shop no --min-value 1000',
    'bindeled report inactive-with-stock --since 30d --csv --bom --lang da > liste.csv',
  ],
});
