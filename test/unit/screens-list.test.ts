import { expect, test } from 'vitest';
import { screens } from '../../components/screens/screen-list.ts';
import { commands } from '../../src/cli/command-list.ts';
import { paletteFrom } from '../../src/cli/palette.ts';
import { dashboardPalette } from '../../src/views/commands/dashboard-commands.ts';
import { parseCommand } from '../../src/views/commands/parse-command.ts';
import { actions } from '../../src/views/keyboard/keymap.ts';
import { wordsOf } from '../../src/views/words/words.ts';

const palette = dashboardPalette(paletteFrom(commands), screens);

test('a screen, a digit and a word are each declared once, and no digit is taken by another key', () => {
  for (const values of [
    screens.map(({ route }) => route),
    screens.flatMap(({ key }) => key ?? []),
    screens.flatMap(({ command }) => command ?? []),
  ]) {
    expect(new Set(values).size).toBe(values.length);
  }
  const digits = screens.flatMap(({ key }) => key ?? []);
  expect(actions.flatMap(({ keys }) => keys as readonly string[]).filter((key) => digits.includes(key))).toEqual([]);
});

test('the word of a screen leads to that screen, whether the command line has it or not', () => {
  const named = screens.flatMap(({ route, command }) => (command === undefined ? [] : [{ route, command }]));
  expect(named.length).toBeGreaterThan(8);
  const led = named.map(({ command }) => {
    const asked = parseCommand(command, palette, []);
    return asked?.kind === 'go' ? asked.route.screen : asked?.kind;
  });
  expect(led).toEqual(named.map(({ route }) => route));
});

test.each(['da', 'en'] as const)('every screen has a title in %s', (language) => {
  const { title } = wordsOf(language).screen;
  expect(Object.keys(title).toSorted()).toEqual(screens.map(({ route }) => route).toSorted());
});
