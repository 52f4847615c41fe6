import type { UnmatchedRow } from '../../../services/warehouse/warehouse-service.ts';
import { number } from '../../../views/format/numbers.ts';
import { unmatchedLine } from '../../../views/warehouse/unmatched-lines.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, listOptions, shopOption } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { resolveOptionalShop } from '../../resolve-arguments.ts';

const sides = ['not-in-warehouse', 'in-no-shop'] as const;
type Options = { readonly shop?: string; readonly limit?: number };

const columns = (session: Session): readonly ListColumn<UnmatchedRow>[] => {
  const { words } = session;
  const line = (row: UnmatchedRow) => unmatchedLine(row, words);
  return [
    { id: 'shop', title: words.cli.title.shop, rank: 1, min: 4, max: 16, text: ({ shopId }) => shopId ?? '' },
    { id: 'sku', title: words.cli.title.item, rank: 0, min: 6, max: 24, text: ({ sku }) => sku ?? '' },
    { id: 'name', title: words.cli.title.name, rank: 2, min: 6, max: 40, text: ({ name }) => name },
    { id: 'ref', title: words.cli.title.productId, rank: 3, min: 6, max: 24, text: (row) => line(row).ref },
    { id: 'what', title: words.warehouse.title.match, rank: 4, min: 6, max: 24, text: (row) => line(row).what },
    {
      id: 'figure',
      title: words.domain.available,
      rank: 2,
      min: 4,
      max: 12,
      align: 'right',
      text: ({ figure }) => (figure === undefined ? '' : number(figure, words)),
      value: ({ figure }) => figure,
    },
  ];
};

const list: CommandHandler<Session, Options> = async (session, [side], options) => {
  const { services, out, words } = session;
  const shopId = await resolveOptionalShop(session, options.shop);
  const limit = options.limit ?? 1_000;
  const found =
    side === 'in-no-shop'
      ? await services.warehouse.inNoShop({ limit })
      : await services.warehouse.notInWarehouse({ shopId, limit });
  await printList(session, {
    kind: `warehouse-${side ?? ''}`,
    columns: columns(session),
    rows: found.rows,
    content: found,
    empty: words.cli.noRows,
  });
  if (session.format !== 'text' && session.format !== 'plain') return exit.ok;
  if (found.more) out.note(words.warehouse.moreThere);
  const { unmatched } = services.warehouse.show()?.state ?? {};
  if (side === 'in-no-shop' && unmatched !== undefined && unmatched > 0)
    out.note(words.warehouse.noneOfOurs(number(unmatched, words)));
  return exit.ok;
};

/** `warehouse list`: what one side has and the other has not. */
export const warehouseListCommand = defineCommand({
  name: 'warehouse list',
  help: 'warehouseList',
  arguments: [{ name: '<side>', help: 'warehouseSide', choices: sides }],
  options: [shopOption(), { flags: '--limit <number>', help: 'limit', wholeNumberFrom: 1 }, ...listOptions],
  run: list,
  examples: [
    'bindeled warehouse list not-in-warehouse --shop dk',
    'bindeled warehouse list in-no-shop --csv > lager.csv',
  ],
});
