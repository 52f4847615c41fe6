import { Box } from 'ink';
import { useState } from 'react';
import type { ActionId } from '../../src/views/keyboard/keymap.ts';
import { helpLines } from '../../src/views/layout/help-lines.ts';
import type { ScreenName } from '../../src/views/navigation/route.ts';
import { wrap } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { TextLine } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

/** Cells that one column of keys needs at least, and between two of them. */
const least = 58;
const gap = 2;

const startOf = (groups: readonly (readonly unknown[])[], index: number): number =>
  groups.slice(0, index).reduce((sum, group) => sum + group.length, 0);

type HelpProps = {
  /** The screen that help was asked for on, and what its keys did there. */
  readonly from?: ScreenName;
  readonly here?: readonly ActionId[];
};

/** The keys that work where help was asked for, then every key, and the rules the program lives by. */
export function Help({ from, here = [] }: HelpProps) {
  const { words, theme, viewport, screens } = useApp();
  const [top, setTop] = useState(0);
  const columns = Math.max(1, Math.min(3, Math.floor((viewport.columns - 3 + gap) / (least + gap))));
  const groups = helpLines(words, { ascii: theme.ascii, screens, from, here });
  const rules = words.screen.rules.flatMap((rule) => wrap(rule, viewport.columns - 8).map((text) => [{ text }]));
  const perColumn = Math.ceil(groups.flat().length / columns);
  const parts = Array.from({ length: columns }, (_, column) =>
    groups
      .filter((_, index) => Math.min(columns - 1, Math.floor(startOf(groups, index) / perColumn)) === column)
      .flat(),
  );
  const height = Math.max(0, ...parts.map((part) => part.length)) + rules.length;
  const move = (by: number): void => setTop((now) => Math.max(0, Math.min(now + by, height - viewport.rows)));
  useKeys({
    level: 'screen',
    actions: {
      up: () => move(-1),
      down: () => move(1),
      'page-up': () => move(-viewport.rows),
      'page-down': () => move(viewport.rows),
      top: () => setTop(0),
      bottom: () => move(height),
    },
  });
  return (
    <Box flexDirection="column" paddingLeft={3} height={viewport.rows} overflow="hidden">
      <Box flexDirection="column" flexShrink={0} marginTop={-top}>
        <Box flexShrink={0}>
          {parts.map((part, index) => (
            <Box key={index} flexDirection="column" marginRight={gap} flexShrink={1}>
              {part.map((line, at) => (
                <TextLine key={at} pieces={line} />
              ))}
            </Box>
          ))}
        </Box>
        {rules.map((line, index) => (
          <TextLine key={index} pieces={line} tone="quiet" />
        ))}
      </Box>
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
