import { Box, Text } from 'ink';
import { cardSummary } from '../../src/views/product/card-summary.ts';
import type { Piece } from '../../src/views/text/tones.ts';
import { type AppContext, useApp } from '../context/app-context.ts';
import type { useDetailProduct } from '../list/use-detail-product.ts';
import { TextLine } from './TextLine.tsx';

type LineOf = string | readonly Piece[];

/** From so many columns on there is room for a row's particulars beside the list. */
const wideEnough = 120;

const widest = 64;

/** Cells of the pane beside a list, about a third; 0 where it has no room. */
export const detailWidth = (columns: number): number =>
  columns < wideEnough ? 0 : Math.min(widest, Math.max(40, Math.floor(columns / 3)));

type PaneSize = { readonly width: number; readonly rows: number };

/** What a screen says of a row, and under it the row's product over all shops where there is room. */
export function detailLines(
  own: readonly LineOf[],
  { card, events }: ReturnType<typeof useDetailProduct>,
  formatFor: AppContext['formatFor'],
  { width, rows }: PaneSize,
): readonly LineOf[] {
  const spare = rows - own.length - 1;
  if (card === undefined || spare < 3) return own;
  return [...own, '', ...cardSummary(card, events, formatFor([card.product, ...card.named]), { width, rows: spare })];
}

type DetailPaneProps = {
  readonly width: number;
  readonly rows: number;
  readonly lines: readonly LineOf[];
};

/** What is known of the row under the cursor, beside the list. */
export function DetailPane({ width, rows, lines }: DetailPaneProps) {
  const { theme } = useApp();
  return (
    <Box width={width} height={rows} flexShrink={1} overflow="hidden">
      <Box flexShrink={0}>
        <Text {...theme.look('quiet')}>{Array.from({ length: rows }, () => theme.sign.side).join('\n')}</Text>
      </Box>
      <Box flexDirection="column" paddingLeft={2} flexShrink={1} flexGrow={1}>
        {lines.slice(0, rows).map((line, index) => (
          <TextLine key={index} pieces={line} />
        ))}
      </Box>
    </Box>
  );
}
