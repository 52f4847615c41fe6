import { Box } from 'ink';
import { useMemo } from 'react';
import type { ActionId } from '../../src/views/keyboard/keymap.ts';
import { helpLines, sideBySide } from '../../src/views/layout/help-lines.ts';
import type { ScreenName } from '../../src/views/navigation/route.ts';
import { wrap } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useScroll } from '../list/use-scroll.ts';
import { ScrolledLines } from '../widgets/ScrolledLines.tsx';
import { defineScreen } from './define-screen.ts';

/** Cells that one column of keys needs at least, those between two of them, and those beside all of them. */
const least = 52;
const gap = 3;
const margin = 5;

type HelpProps = {
  /** The screen that help was asked for on, and what its keys did there. */
  readonly from?: ScreenName;
  readonly here?: readonly ActionId[];
};

const nothing: readonly ActionId[] = [];

/** The keys that work where help was asked for, then every key, and the rules the program lives by. */
export function Help({ from, here = nothing }: HelpProps) {
  const { words, theme, viewport, screens } = useApp();
  const room = viewport.columns - margin;
  const columns = Math.max(1, Math.min(3, Math.floor((room + gap) / (least + gap))));
  const width = Math.floor((room - gap * (columns - 1)) / columns);
  const lines = useMemo(() => {
    const groups = helpLines(words, { ascii: theme.ascii, screens, from, here, width });
    const rules = words.screen.rules.flatMap((rule) => wrap(rule, room));
    return [...sideBySide(groups, { columns, width, gap }), ...rules.map((text) => [{ text, tone: 'quiet' as const }])];
  }, [words, theme, screens, from, here, columns, width, room]);
  const scroll = useScroll(lines.length, viewport.rows);
  useKeys({ level: 'screen', actions: { ...scroll.lines, ...scroll.pages } });
  return (
    <Box flexDirection="column" paddingLeft={3} height={viewport.rows} overflow="hidden">
      <ScrolledLines lines={lines} scroll={scroll} />
    </Box>
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    help: HelpProps;
  }
}

/** The screen `help`. */
export const helpScreen = defineScreen({
  route: 'help',
  command: 'help',
  component: Help,
});
