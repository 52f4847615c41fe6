import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { cut, widthOf } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';

type DialogFrameProps = { readonly title: string; readonly columns: number; readonly children: ReactNode };

/** A titled line and what stands under it. */
export function DialogFrame({ title, columns, children }: DialogFrameProps) {
  const { theme } = useApp();
  const shown = cut(title, Math.max(4, columns - 8));
  const rest = theme.sign.rule.repeat(Math.max(0, columns - widthOf(shown) - 5));
  return (
    <Box flexDirection="column" flexShrink={0}>
      <Text wrap="truncate">
        <Text {...theme.look('accent')}>{theme.sign.rule.repeat(3)}</Text>{' '}
        <Text {...theme.look('strong')}>{theme.plain(shown)}</Text> <Text {...theme.look('accent')}>{rest}</Text>
      </Text>
      {children}
    </Box>
  );
}
