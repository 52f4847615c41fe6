import { goTo, type PaletteCommand } from './palette.ts';

const none = (): readonly string[] => [];

/** The words that only the dashboard has. */
export const dashboardCommands: readonly PaletteCommand[] = [
  {
    path: 'messages',
    aliases: [],
    help: ({ screen }) => screen.help.messages,
    options: [],
    operands: none,
    read: () => goTo({ screen: 'messages' }),
  },
  {
    path: 'lang',
    aliases: [],
    help: ({ screen }) => screen.help.language,
    options: [],
    operands: () => ['da', 'en'],
    read: ({ operands }) => ({ kind: 'language', language: operands[0] === 'en' ? 'en' : 'da' }),
  },
  {
    path: 'help',
    aliases: [],
    help: ({ screen }) => screen.help.help,
    options: [],
    operands: none,
    read: () => goTo({ screen: 'help' }),
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
