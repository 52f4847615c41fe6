import type { InactiveRow } from '../../../domain/inactive/inactive-row.ts';
import { rungs } from '../../../domain/inactive/inactive-row.ts';
import { wholeUnits } from '../../../domain/money.ts';
import type { InactiveQuery, InactiveReport } from '../../../services/inactive/inactive-service.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number, roundMoney } from '../../../views/format/numbers.ts';
import { localTime } from '../../../views/format/times.ts';
import { type InactiveLine, inactiveLine, rungWord } from '../../../views/inactive/inactive-lines.ts';
import type { AddCommand, CommandHandler, Session } from '../../command-context.ts';
import { exit } from '../../exit-codes.ts';
import { listOptions, parseTime, wholeNumber } from '../../options.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { countMeter } from '../../output/progress.ts';
import { makeFormatContext, resolveOptionalShop, resolveProduct } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';
import { printFetchResults } from '../fetch/fetch-output.ts';

type Options = {
  readonly shop?: string;
  readonly minValue?: number;
  readonly since?: string;
  readonly withTicked?: boolean;
  readonly limit?: number;
};
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

const queryOf = async (session: Session, options: Options): Promise<InactiveQuery> => {
  const { services, words } = session;
  const shopId = await resolveOptionalShop(session, options.shop);
  const since = options.since === undefined ? undefined : parseTime(options.since, services.now(), 'back');
  if (options.since !== undefined && since === undefined)
    throw new UsageError(words.cli.usage.badMoment(options.since), words.cli.tip.moment);
  return {
    shopIds: shopId === undefined ? undefined : [shopId],
    minValue: options.minValue,
    since,
    ...(options.withTicked === true ? { withTicked: true } : {}),
    limit: options.limit,
  };
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

const inactive: CommandHandler<Session, Options> = async (session, _operands, options) => {
  const { services, words } = session;
  const report = await services.inactive.list(await queryOf(session, options));
  const known = await makeFormatContext(session);
  const rows: readonly Line[] = report.rows.map((row) => ({ ...inactiveLine(row, known), row }));
  await printList(session, {
    kind: 'inactive-with-stock',
    columns: columns(known),
    rows,
    content: report,
    empty: report.goods === 0 ? words.cli.noGoods : words.cli.noneInactive,
  });
  if ((session.format === 'text' || session.format === 'plain') && rows.length > 0)
    printSummary(session, report, known);
  return rows.length === 0 ? exit.ok : exit.findings;
};

type Verify = Options & { readonly product?: string };

const verify: CommandHandler<Session, Verify> = async (session, operands, options) => {
  const { services, words, signal } = session;
  const query = await queryOf(session, options);
  const products = await Promise.all(operands.map((text) => resolveProduct(session, text)));
  const reports =
    products.length === 0
      ? [await services.inactive.list(query)]
      : await Promise.all(
          products.map((product) => services.inactive.list({ ...query, productId: product.id, withTicked: true })),
        );
  const rows = reports.flatMap((report) => report.rows).map(({ productId, shopId }) => ({ productId, shopId }));
  const meter = countMeter(session, words.cli.asking);
  const results = await services.inactive
    .verify(rows, signal, (_row, done, total) => meter.show(done, total))
    .finally(meter.end);
  if (rows.length === 0 && session.format !== 'json') session.out.note(words.cli.noneInactive);
  const code = await printFetchResults(session, 'verify', results);
  return rows.length === 0 ? exit.ok : code;
};

/** `report inactive-with-stock` and `verify`, which asks the shops live about its rows. */
export const addReport: AddCommand = (program, { words, run }) => {
  const said = words.cli.help;
  const report = program.command('report').description(said.report);
  const common = [
    report.command('inactive-with-stock', { isDefault: true }).alias('inactive').description(said.inactive),
    program.command('verify').argument('[product...]', said.product).description(said.verify),
  ] as const;
  for (const command of common) {
    command
      .option('--shop <id>', said.onlyShop)
      .option('--min-value <amount>', said.minValue, wholeNumber(words))
      .option('--since <moment>', said.since)
      .option('--limit <number>', said.limit, wholeNumber(words, 1));
  }
  const [list, ask] = common;
  listOptions(list.option('--with-ticked', said.withTicked), words).action(run(inactive));
  ask.action(run(verify));
};
