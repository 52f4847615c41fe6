import type { ScreenEntry } from '../navigation/route.ts';
import { goTo, type PaletteCommand } from './palette.ts';

const none = (): readonly string[] => [];

/** The words that only the dashboard has. */
const own: readonly PaletteCommand[] = [
  {
    path: 'lang',
    aliases: [],
    help: ({ screen }) => screen.help.language,
    options: [],
    operands: () => ['da', 'en'],
    read: ({ operands }) => ({ kind: 'language', language: operands[0] === 'en' ? 'en' : 'da' }),
  },
  {
    path: 'quit',
    aliases: ['q', 'exit'],
    help: ({ screen }) => screen.help.quit,
    options: [],
    operands: none,
    read: () => ({ kind: 'quit' }),
  },
];

/** All that can be typed behind `:`: the command line's words, those of screens that it has not, and our own. */
export const dashboardPalette = (
  commands: readonly PaletteCommand[],
  screens: readonly ScreenEntry[],
): readonly PaletteCommand[] => [
  ...commands,
  ...screens.flatMap(({ route, root, command }) =>
    command === undefined || root === undefined || commands.some(({ path }) => path === command)
      ? []
      : [
          {
            path: command,
            aliases: [],
            help: ({ screen }: Parameters<PaletteCommand['help']>[0]) => screen.title[route],
            options: [],
            operands: none,
            read: () => goTo(root),
          },
        ],
  ),
  ...own,
];
