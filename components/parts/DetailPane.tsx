import { Box, Text } from 'ink';
import type { Piece } from '../../src/views/tones.ts';
import { useDesk } from '../use-desk.ts';
import { Line } from './Line.tsx';

/** From so many columns on there is room for a row's particulars beside the list. */
const wideEnough = 120;

const widest = 64;

/** Cells of the pane beside a list, about a third; 0 where it has no room. */
export const detailWidth = (columns: number): number =>
  columns < wideEnough ? 0 : Math.min(widest, Math.max(42, Math.floor(columns / 3)));

type DetailPaneProps = {
  readonly width: number;
  readonly rows: number;
  readonly lines: readonly (string | readonly Piece[])[];
};

/** What is known of the row under the cursor, beside the list. */
export function DetailPane({ width, rows, lines }: DetailPaneProps) {
  const { theme } = useDesk();
  return (
    <Box width={width} height={rows} flexShrink={1} overflow="hidden">
      <Box flexDirection="column" flexShrink={0}>
        {Array.from({ length: rows }, (_, index) => (
          <Text key={index} {...theme.look('quiet')}>
            {theme.sign.side}
          </Text>
        ))}
      </Box>
      <Box flexDirection="column" paddingLeft={2} flexShrink={1} flexGrow={1}>
        {lines.slice(0, rows).map((line, index) => (
          <Line key={index} pieces={line} />
        ))}
      </Box>
    </Box>
  );
}
