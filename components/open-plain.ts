import { createInterface } from 'node:readline/promises';
import type { Services } from '../src/services/services.ts';
import { dashboardPalette } from '../src/views/commands/dashboard-commands.ts';
import type { PaletteCommand } from '../src/views/commands/palette.ts';
import { formatContext } from '../src/views/format/format-context.ts';
import { type Language, wordsOf } from '../src/views/words/words.ts';
import { runPromptLoop } from './plain/prompt-loop.ts';
import { screens } from './screens/screen-list.ts';

export type OpenPlain = {
  readonly services: Services;
  readonly language: Language;
  readonly timeZone: string;
  /** The commands of the command line, which can be typed here too. */
  readonly commands: readonly PaletteCommand[];
  /** Aborts when the person breaks off. */
  readonly signal: AbortSignal;
};

const interrupted = 130;

/**
 * The dashboard as a conversation: lines that are only ever appended, choices with numbers. For terminals that cannot
 * place a cursor and for people who have the screen read aloud. Answers with the exit code.
 */
export async function openPlain({ services, language, timeZone, commands, signal }: OpenPlain): Promise<number> {
  const words = wordsOf(language);
  const reader = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  const close = (): void => reader.close();
  signal.addEventListener('abort', close);
  const lines = reader[Symbol.asyncIterator]();
  const print = (text: string): void => void process.stdout.write(`${text}\n`);
  const shops = (await services.shops.list()).map((one) => one.shop);
  try {
    await runPromptLoop(
      {
        services,
        words,
        print,
        signal,
        palette: dashboardPalette(commands, screens),
        screens: screens.flatMap(({ plain }) => plain ?? []),
        ask: async (text) => {
          print(text);
          const line = await lines.next();
          return line.done === true ? undefined : line.value.trim();
        },
        formatFor: (products = []) =>
          formatContext(
            { words, now: services.now(), timeZone },
            { shops, products, sources: services.warehouse.drivers() },
          ),
      },
      shops.map((shop) => shop.id),
    );
    return signal.aborted ? interrupted : 0;
  } finally {
    signal.removeEventListener('abort', close);
    reader.close();
  }
}
