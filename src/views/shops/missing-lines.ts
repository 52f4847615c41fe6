import type { IntegrationPage, IntegrationRow } from '../../services/integrations/integration-service.ts';
import { findingLabel } from '../diagnosis/cause-words.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { type Column, layoutColumns, rowPieces } from '../list/table.ts';
import { cleanName } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';

/** Rows with their title that are worth one. */
const fewest = 3;

/** Lines of a shop's list that lack their link, each with the first reason; as many as so many rows hold. */
export function missingLines(
  { rows: missing, counts }: Pick<IntegrationPage, 'rows' | 'counts'>,
  { words }: FormatContext,
  { width, rows }: { readonly width: number; readonly rows: number },
): readonly (readonly Piece[])[] {
  if (missing.length === 0 || rows < fewest) return [];
  const room = rows - 1;
  const shown = missing.slice(0, counts.missing > room ? room - 1 : room);
  const columns: readonly Column<IntegrationRow>[] = [
    {
      id: 'item',
      title: '',
      rank: 1,
      min: 8,
      max: 20,
      text: ({ product }) => product?.sku ?? words.domain.noItemNumber,
      tone: () => 'accent',
    },
    {
      id: 'name',
      title: '',
      rank: 2,
      min: 12,
      keepsEnd: true,
      text: ({ product }) => cleanName(product?.content.name ?? ''),
    },
    {
      id: 'why',
      title: '',
      rank: 1,
      min: 12,
      max: 30,
      text: ({ diagnosis }) =>
        diagnosis?.verdict === 'not-integrated' ? findingLabel(diagnosis.findings[0], words) : '',
      tone: () => 'waiting',
    },
  ];
  const placed = layoutColumns(columns, shown, width);
  const rest = counts.missing - shown.length;
  return [
    [{ text: `${words.screen.show.missing} ${number(counts.missing, words)}`, tone: 'strong' }],
    ...shown.map((row) => rowPieces(placed, row)),
    ...(rest > 0 ? [[{ text: words.firstPage.rest(number(rest, words)), tone: 'quiet' as const }]] : []),
  ];
}
