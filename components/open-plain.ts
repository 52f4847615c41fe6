import { createInterface } from 'node:readline/promises';
import type { Services } from '../src/services/services.ts';
import { anyTroubleLines } from '../src/views/any-trouble.ts';
import { plainMenu } from '../src/views/plain-menu.ts';
import { telling } from '../src/views/telling.ts';
import { type Language, wordsOf } from '../src/views/words.ts';
import { plainPages } from './plain-pages.ts';
import type { PlainRoom } from './plain-room.ts';

export type OpenPlain = { readonly services: Services; readonly language: Language; readonly timeZone: string };

/**
 * The dashboard as a conversation: lines that are only ever appended, choices with numbers. For terminals that cannot
 * place a cursor and for people who have the screen read aloud. Answers with the exit code.
 */
export async function openPlain({ services, language, timeZone }: OpenPlain): Promise<0> {
  const words = wordsOf(language);
  const reader = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  const lines = reader[Symbol.asyncIterator]();
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const ask = async (text: string): Promise<string | undefined> => {
    say(text);
    const line = await lines.next();
    return line.done === true ? undefined : line.value.trim();
  };
  const shops = (await services.shops()).map((one) => one.shop);
  const room: PlainRoom = {
    services,
    words,
    say,
    ask,
    telling: (products = []) => telling({ words, now: services.now(), timeZone }, { shops, products }),
  };
  say(words.screen.plain.welcome);
  try {
    for (;;) {
      const choices = plainMenu(words);
      say('');
      for (const [index, choice] of choices.entries()) say(`${index + 1}  ${choice.label}`);
      const answer = await ask(words.screen.plain.menu);
      if (answer === undefined || answer === 'q') return 0;
      const choice = choices[Number(answer) - 1];
      if (choice?.page === 'leave') return 0;
      if (choice === undefined) {
        // Anything that is no choice is something to look for: a scan needs no menu.
        if (answer !== '') await attempt(room, () => plainPages.search(room, answer));
        continue;
      }
      const { page } = choice;
      await attempt(room, () => plainPages[page](room));
    }
  } finally {
    reader.close();
  }
}

async function attempt(room: PlainRoom, page: () => Promise<void>): Promise<void> {
  try {
    await page();
  } catch (error) {
    const lines = anyTroubleLines(error, room.telling());
    for (const line of [lines.said, ...lines.details, lines.advice]) room.say(line);
  }
}
