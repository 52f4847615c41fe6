import type { ShopId } from '../../../domain/ids.ts';
import { shownRef } from '../../../domain/integrations/shown-ref.ts';
import type { IntegrationFilter, IntegrationRow } from '../../../services/integrations/integration-service.ts';
import type { CommandLine } from '../../../views/commands/command-line.ts';
import { goTo, shopIn } from '../../../views/commands/palette.ts';
import { conflictKindLabel } from '../../../views/conflicts/conflict-lines.ts';
import { diagnosisLabel } from '../../../views/diagnosis/diagnosis-lines.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { formatRef } from '../../../views/format/refs.ts';
import { age } from '../../../views/format/times.ts';
import { hasText, linkRemarks, rowState, rowTone } from '../../../views/integrations/integration-columns.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, listOptions, onScreen, shopOption } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { makeFormatContext, resolveShop } from '../../resolve-arguments.ts';

type Options = {
  readonly shop: string;
  readonly filter?: 'all' | 'linked' | 'missing' | 'conflict' | 'differs';
  readonly text?: string;
  readonly limit?: number;
  readonly offset?: number;
};

const filters: Readonly<Record<NonNullable<Options['filter']>, IntegrationFilter>> = {
  all: 'all',
  linked: 'linked',
  missing: 'missing',
  conflict: 'conflict',
  differs: 'stock-differs',
};

const figure = (value: number | undefined, { words }: FormatContext): string =>
  value === undefined ? '' : number(value, words);

const whyOf = (row: IntegrationRow, { words }: FormatContext): string => {
  if (row.conflict !== undefined && row.state === 'conflict') return conflictKindLabel(row.conflict.kind, words);
  if (row.state === 'missing' && row.diagnosis !== undefined) return diagnosisLabel(row.diagnosis, words);
  return [row.stockDiffers ? words.cli.stockDiffers : '', linkRemarks(row, words)]
    .filter((part) => part !== '')
    .join(', ');
};

const columns = (formatContext: FormatContext, shopId: ShopId): readonly ListColumn<IntegrationRow>[] => {
  const { words, now } = formatContext;
  const { title } = words.cli;
  const nameOf = (row: IntegrationRow): string => row.product?.content.name ?? row.listing?.content.name ?? '';
  return [
    {
      id: 'sign',
      title: ' ',
      rank: 0,
      min: 1,
      max: 1,
      text: (row) => rowState(row).sign,
      tone: rowTone,
    },
    {
      id: 'item',
      title: title.item,
      rank: 0,
      min: 8,
      max: 22,
      text: (row) => row.product?.sku ?? row.listing?.sku ?? words.domain.noItemNumber,
    },
    { id: 'name', title: title.name, rank: 2, min: 12, text: nameOf },
    {
      id: 'ref',
      title: title.productId,
      rank: 1,
      min: 6,
      max: 26,
      text: (row) => {
        const ref = shownRef(row);
        return ref === undefined ? '' : formatRef(ref);
      },
    },
    {
      id: 'state',
      title: title.state,
      rank: 3,
      min: 6,
      max: 20,
      text: (row) => rowState(row).word(words),
      tone: rowTone,
    },
    {
      id: 'wanted',
      title: title.wanted,
      rank: 6,
      min: 4,
      max: 8,
      align: 'right',
      text: (row) => figure(row.wanted, formatContext),
      value: (row) => row.wanted,
    },
    {
      id: 'has',
      title: title.shopHas,
      rank: 5,
      min: 4,
      max: 8,
      align: 'right',
      text: (row) => hasText(row, words),
      value: (row) => row.shopHas,
    },
    {
      id: 'age',
      title: title.age,
      rank: 7,
      min: 5,
      max: 8,
      align: 'right',
      text: ({ listing }) => (listing === undefined ? '' : age(listing.seenAt, now, words)),
    },
    { id: 'why', title: title.why, rank: 4, min: 8, max: 34, text: (row) => whyOf(row, formatContext) },
    // With it a sheet says all that `link import` asks.
    { id: 'shop', title: title.shop, rank: 9, min: 3, only: 'csv', text: () => shopId },
  ];
};

const list: CommandHandler<Session, Options> = async (session, _operands, options) => {
  const { services, words } = session;
  const shop = await resolveShop(session, options.shop);
  const filter = filters[options.filter ?? 'all'];
  // A file or another program wants all of it, a person a screenful at a time.
  const limit = options.limit ?? (session.out.isTerminal && session.format !== 'csv' ? 200 : 1_000_000);
  const page = await services.integrations.list(shop.id, {
    filter,
    text: options.text,
    offset: options.offset ?? 0,
    limit,
  });
  await printList(session, {
    kind: 'integrations',
    columns: columns(await makeFormatContext(session), shop.id),
    rows: page.rows,
    content: { shop: shop.id, filter, ...page },
    empty: words.cli.noRows,
  });
  if (shop.paused) session.out.note(words.domain.causeSentences['shop-paused']);
  if (session.format === 'text' && page.rows.length > 0) {
    session.out.note(words.cli.shown(number(page.rows.length, words), words.domain.rows(number(page.total, words))));
  }
  return exit.ok;
};

/** What `--filter` asks the dashboard for. */
const filterIn = ({ options }: CommandLine): IntegrationFilter | undefined =>
  Object.entries(filters).find(([name]) => name === options.get('filter'))?.[1];

/** `list`: the integrations of one shop, missing lines drawn too. */
export const listCommand = defineCommand({
  name: 'list',
  help: 'list',
  options: [
    shopOption('ofShop', true),
    { flags: '--filter <which>', help: 'filter', choices: Object.keys(filters), byDefault: 'all' },
    { flags: '--text <text>', help: 'textFilter' },
    { flags: '--limit <number>', help: 'limit', wholeNumberFrom: 1 },
    { flags: '--offset <number>', help: 'offset', wholeNumberFrom: 0 },
    ...listOptions,
  ],
  screen: onScreen(
    (line) => goTo({ screen: 'integrations', shopId: shopIn(line, true), filter: filterIn(line) }),
    ['--filter', '--shop'],
  ),
  run: list,
  examples: ['bindeled list --shop no --filter missing', 'bindeled list --shop no --csv --bom > no.csv'],
});
