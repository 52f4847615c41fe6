import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { cut, widthOf } from '../../src/views/columns.ts';
import type { Dialog } from '../dialog.ts';
import { useDesk } from '../use-desk.ts';

/** The most lines that a dialog shows between its title and its last line. */
export const dialogLines = 9;

/** Lines that a dialog takes from the screen. */
export function dialogHeight(dialog: Dialog | undefined): number {
  if (dialog === undefined) return 0;
  if (dialog.kind === 'prompt') return 3;
  const lines =
    dialog.kind === 'menu' ? dialog.choices.length : dialog.lines.length + (dialog.typed === undefined ? 0 : 1);
  return Math.min(lines, dialogLines) + 2;
}

type DialogFrameProps = { readonly title: string; readonly columns: number; readonly children: ReactNode };

/** A titled line and what stands under it. */
export function DialogFrame({ title, columns, children }: DialogFrameProps) {
  const { theme } = useDesk();
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
