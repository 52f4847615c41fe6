import type { MatchedBy } from '../../../domain/warehouse/match-product.ts';
import type { PreviewRow, WarehousePreview } from '../../../services/warehouse/warehouse-service.ts';
import { number } from '../../../views/format/numbers.ts';
import { brokenRowLines } from '../../../views/warehouse/broken-row.ts';
import type { Words } from '../../../views/words/words.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, listOptions } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';

const columns = (words: Words): readonly ListColumn<PreviewRow>[] => {
  const { title, by, match } = words.warehouse;
  const figure = (value: number | undefined): string => (value === undefined ? '' : number(value, words));
  const tone = (row: PreviewRow) => (row.kind === 'matched' ? undefined : ('waiting' as const));
  return [
    { id: 'sku', title: words.cli.title.item, rank: 0, min: 6, max: 24, text: ({ product }) => product.sku ?? '' },
    { id: 'name', title: words.cli.title.name, rank: 4, min: 6, max: 30, text: ({ product }) => product.name ?? '' },
    { id: 'match', title: title.match, rank: 1, min: 6, max: 18, text: ({ kind }) => match[kind], tone },
    { id: 'by', title: title.by, rank: 3, min: 4, max: 16, text: (row) => (row.by === undefined ? '' : by[row.by]) },
    {
      id: 'ours',
      title: title.ours,
      rank: 5,
      min: 6,
      max: 30,
      text: ({ ours }) => ours.map(({ sku, name }) => sku ?? name).join(', '),
    },
    { id: 'was', title: words.cli.title.was, rank: 2, min: 3, max: 8, align: 'right', text: ({ was }) => figure(was) },
    {
      id: 'willBe',
      title: words.cli.title.willBe,
      rank: 2,
      min: 3,
      max: 8,
      align: 'right',
      text: ({ willBe }) => figure(willBe),
    },
    { id: 'shops', title: title.links, rank: 6, min: 3, max: 6, align: 'right', text: ({ shops }) => figure(shops) },
  ];
};

const isWorthALook = ({ kind, was, willBe }: PreviewRow): boolean => kind !== 'matched' || was !== willBe;

function summary({ counts, notInWarehouseCount }: WarehousePreview, words: Words): readonly string[] {
  const { preview, by } = words.warehouse;
  const count = (value: number): string => number(value, words);
  const known = (['key', 'sku', 'host-id', 'gtin'] satisfies readonly MatchedBy[])
    .flatMap((name) => (counts.byKey[name] === undefined ? [] : [`${by[name]} ${count(counts.byKey[name])}`]))
    .join(', ');
  return [
    preview.matched(count(counts.matched), known),
    preview.others(count(counts.ambiguous), count(counts.differs), count(counts.unknown)),
    preview.figures(count(counts.figures), count(counts.links)),
    ...counts.byShop.map(({ shopId, figures, zeroes }) => preview.inShop(shopId, count(figures), count(zeroes))),
    preview.notInWarehouse(count(notInWarehouseCount)),
    preview.nothing,
  ];
}

/** Why no row is worth a look: what cannot be read is no match. */
function nothingToShow({ rows, broken }: WarehousePreview, { warehouse: { preview } }: Words): string {
  if (rows.length === 0) return broken.length === 0 ? preview.none : preview.unread;
  return broken.length === 0 ? preview.empty : preview.partly;
}

const preview: CommandHandler<Session, { readonly all?: boolean }> = async (session, _operands, options) => {
  const { services, out, words } = session;
  const found = await services.warehouse.preview(session.signal);
  await printList(session, {
    kind: 'warehouse-preview',
    columns: columns(words),
    rows: options.all === true ? found.rows : found.rows.filter(isWorthALook),
    content: found,
    empty: nothingToShow(found, words),
  });
  if (session.format === 'text' || session.format === 'plain') {
    for (const line of brokenRowLines(found.broken, words)) out.note([{ text: `  ${line}`, tone: 'waiting' }]);
    for (const line of summary(found, words)) out.note(line);
  }
  return found.broken.length === 0 ? exit.ok : exit.findings;
};

/** `warehouse preview`: what a reading would match and change. */
export const warehousePreviewCommand = defineCommand({
  name: 'warehouse preview',
  help: 'warehousePreview',
  options: [{ flags: '--all', help: 'warehouseAll' }, ...listOptions],
  run: preview,
  examples: ['bindeled warehouse preview', 'bindeled warehouse preview --csv > lager.csv'],
});
