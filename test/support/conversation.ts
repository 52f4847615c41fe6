import { runPromptLoop } from '../../components/plain/prompt-loop.ts';
import { screens } from '../../components/screens/screen-list.ts';
import { commands } from '../../src/cli/command-list.ts';
import { paletteFrom } from '../../src/cli/palette.ts';
import type { Services } from '../../src/services/services.ts';
import { dashboardPalette } from '../../src/views/commands/dashboard-commands.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { wordsOf } from '../../src/views/words/words.ts';

/** Has a conversation in the plain mode: these answers, one after the other, then the input ends. All that was said. */
export async function converseWith(services: Services, answers: readonly string[]): Promise<string> {
  const words = wordsOf('en');
  const said: string[] = [];
  const left = [...answers];
  const shops = (await services.shops.list()).map((one) => one.shop);
  await runPromptLoop(
    {
      services,
      words,
      palette: dashboardPalette(paletteFrom(commands), screens),
      screens: screens.flatMap(({ plain }) => plain ?? []),
      print: (text) => said.push(text),
      signal: new AbortController().signal,
      ask: async (text) => {
        const answer = left.shift();
        said.push(text, `> ${answer ?? ''}`);
        return answer;
      },
      formatFor: (products = []) =>
        formatContext(
          { words, now: services.now(), timeZone: 'UTC' },
          { shops, products, sources: services.warehouse.drivers() },
        ),
    },
    shops.map((shop) => shop.id),
  );
  return said.join('\n');
}
