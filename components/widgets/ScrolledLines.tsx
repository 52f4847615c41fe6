import { Box, Text } from 'ink';
import { number } from '../../src/views/format/numbers.ts';
import { useApp } from '../context/app-context.ts';
import type { Scroll } from '../list/use-scroll.ts';
import { type TextLineProps, TextLines } from './TextLine.tsx';

type ScrolledLinesProps = { readonly lines: readonly TextLineProps['pieces'][]; readonly scroll: Scroll };

/** Lines that are scrolled with PgUp and PgDn; how many are left is said under them. */
export function ScrolledLines({ lines, scroll }: ScrolledLinesProps) {
  const { theme, words } = useApp();
  const { top, height, left } = scroll;
  const cut = lines.length > height;
  return (
    <Box flexDirection="column">
      <TextLines lines={lines.slice(top, top + height)} />
      {cut ? (
        <Text wrap="truncate" {...theme.look('accent')}>
          {left > 0 ? words.screen.moreLines(number(left, words)) : words.screen.lastLine}
        </Text>
      ) : undefined}
    </Box>
  );
}
