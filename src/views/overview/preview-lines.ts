import { available } from '../../domain/product.ts';
import type { ConflictCard } from '../../services/conflicts/conflict-service.ts';
import type { LookupHit } from '../../services/lookup/lookup-service.ts';
import type { ServerOverview } from '../../services/servers/server-service.ts';
import { conflictLines } from '../conflicts/conflict-lines.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import { layoutColumns, rowPieces } from '../list/table.ts';
import { lookupColumns } from '../lookup/lookup-lines.ts';
import { shopDetail } from '../shops/shop-detail.ts';
import { wrap } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import type { FirstPageRow } from './first-page-row.ts';

type LineOf = string | readonly Piece[];

/** What is looked up of a row once the cursor rests on it. */
export type PreviewFacts = {
  readonly hits: readonly LookupHit[];
  readonly conflicts: readonly ConflictCard[];
};

type PreviewSpace = { readonly width: number; readonly rows: number; readonly servers: readonly ServerOverview[] };

/** The row under the cursor told in full: what it is, who and when, the one repair, and exactly the rows that Enter opens. */
export function previewLines(
  row: FirstPageRow,
  { hits, conflicts }: PreviewFacts,
  format: FormatContext,
  { width, rows, servers }: PreviewSpace,
): readonly LineOf[] {
  const about: readonly LineOf[] = row.about.flatMap(({ text, tone }) =>
    wrap(text, width).map((part): LineOf => [{ text: part, tone }]),
  );
  const shop = row.shop === undefined ? [] : shopDetail(row.shop, format, width, { servers });
  const lines: readonly LineOf[] = [
    ...about,
    ...shop,
    ...conflicts.flatMap((card) => conflictPart(card, format, width)),
  ];
  const spare = rows - lines.length - 1;
  const total = row.productIds?.length ?? 0;
  if (hits.length === 0 || spare < 3) return lines.slice(0, rows);
  const shown = hits.slice(0, total > spare ? spare - 1 : spare);
  const columns = layoutColumns(
    lookupColumns(format.words).filter(({ id }) => id !== 'available' || shown.some(hasStock)),
    shown,
    width,
  );
  const rest = total - shown.length;
  return [
    ...lines,
    '',
    ...shown.map((hit): LineOf => rowPieces(columns, hit)),
    ...(rest > 0 ? [[{ text: format.words.firstPage.rest(number(rest, format.words)), tone: 'quiet' as const }]] : []),
  ];
}

const hasStock = ({ product }: LookupHit): boolean => product !== undefined && available(product.stock) !== 0;

const conflictPart = (card: ConflictCard, format: FormatContext, width: number): readonly LineOf[] => {
  const { sentence, contenders } = conflictLines(card, format);
  return [
    '',
    ...wrap(`${shopCode(card.shop.id)}: ${sentence}`, width),
    ...contenders.flatMap(({ role, name }) =>
      wrap(`${role}: ${name}`, width - 2).map((part): LineOf => [{ text: `  ${part}`, tone: 'quiet' }]),
    ),
  ];
};
