import { Box, Text } from 'ink';
import type { ReactNode } from 'react';
import { widthOf } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { dialogTitle } from '../context/dialog.ts';
import type { ClickArea } from '../keyboard/use-click.ts';

type DialogFrameProps = {
  readonly title: string;
  readonly columns: number;
  /** The box, for clicks into it. */
  readonly area?: ClickArea['ref'];
  readonly children: ReactNode;
};

/** A titled line and what stands under it; a long title goes on under its first words. */
export function DialogFrame({ title, columns, area, children }: DialogFrameProps) {
  const { theme } = useApp();
  const [shown = '', ...more] = dialogTitle(title, columns);
  const rest = theme.sign.rule.repeat(Math.max(0, columns - widthOf(shown) - 5));
  return (
    <Box flexDirection="column" flexShrink={0} ref={area}>
      <Text wrap="truncate">
        <Text {...theme.look('accent')}>{theme.sign.rule.repeat(3)}</Text>{' '}
        <Text {...theme.look('strong')}>{theme.plain(shown)}</Text> <Text {...theme.look('accent')}>{rest}</Text>
      </Text>
      {more.map((line) => (
        <Text key={line} wrap="truncate" {...theme.look('strong')}>{`    ${theme.plain(line)}`}</Text>
      ))}
      {children}
    </Box>
  );
}
