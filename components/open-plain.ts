import { createInterface } from 'node:readline/promises';
import type { Services } from '../src/services/services.ts';
import { anyTroubleLines } from '../src/views/any-trouble.ts';
import { isCommandWord, parseCommand } from '../src/views/commands.ts';
import { plainMenu } from '../src/views/plain-menu.ts';
import { telling } from '../src/views/telling.ts';
import { type Language, wordsOf } from '../src/views/words.ts';
import { obey } from './plain/command.ts';
import { plainPages, search } from './plain/pages.ts';
import type { PlainRoom } from './plain/room.ts';

export type OpenPlain = {
  readonly services: Services;
  readonly language: Language;
  readonly timeZone: string;
  /** Aborts when the person breaks off. */
  readonly signal: AbortSignal;
};

const interrupted = 130;

/**
 * The dashboard as a conversation: lines that are only ever appended, choices with numbers. For terminals that cannot
 * place a cursor and for people who have the screen read aloud. Answers with the exit code.
 */
export async function openPlain({ services, language, timeZone, signal }: OpenPlain): Promise<number> {
  const words = wordsOf(language);
  const reader = createInterface({ input: process.stdin, output: process.stdout, terminal: false });
  const close = (): void => reader.close();
  signal.addEventListener('abort', close);
  const lines = reader[Symbol.asyncIterator]();
  const say = (text: string): void => void process.stdout.write(`${text}\n`);
  const shops = (await services.shops()).map((one) => one.shop);
  const room: PlainRoom = {
    services,
    words,
    say,
    signal,
    ask: async (text) => {
      say(text);
      const line = await lines.next();
      return line.done === true ? undefined : line.value.trim();
    },
    telling: (products = []) => telling({ words, now: services.now(), timeZone }, { shops, products }),
    attempt: (work) => attempt(room, work),
  };
  say(words.screen.plain.welcome);
  try {
    while (
      await oneTurn(
        room,
        shops.map((shop) => shop.id),
      )
    );
    return signal.aborted ? interrupted : 0;
  } finally {
    signal.removeEventListener('abort', close);
    reader.close();
  }
}

/** Says the choices and does what is answered; false when the person leaves or the input has ended. */
async function oneTurn(room: PlainRoom, shopIds: readonly string[]): Promise<boolean> {
  const { say, ask, words } = room;
  const choices = plainMenu(words);
  say('');
  for (const [index, choice] of choices.entries()) say(`${index + 1}  ${choice.label}`);
  const answer = await ask(words.screen.plain.menu);
  if (answer === undefined) return false;
  if (answer === '') return true;
  const choice = choices[Number(answer) - 1];
  if (choice?.page === 'leave') return false;
  let on = true;
  await room.attempt(async () => {
    if (choice !== undefined && choice.page !== 'leave') return plainPages[choice.page](room);
    const command = isCommandWord(answer.split(/\s/)[0] ?? '') ? parseCommand(answer, shopIds) : undefined;
    // Anything that is no choice and no command is something to look for: a scan needs no menu.
    if (command === undefined) return search(room, answer);
    on = await obey(room, command);
  });
  return on && !room.signal.aborted;
}

async function attempt(room: PlainRoom, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const lines = anyTroubleLines(error, room.telling());
    for (const line of [lines.said, ...lines.details, lines.advice]) room.say(line);
  }
}
