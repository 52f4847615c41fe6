import type { Product } from '../../src/domain/product.ts';
import type { Services } from '../../src/services/services.ts';
import { anyTroubleLines } from '../../src/views/happenings/any-trouble.ts';
import type { Telling } from '../../src/views/telling.ts';
import type { Piece } from '../../src/views/tones.ts';
import type { Words } from '../../src/views/words.ts';
import { answers } from '../dialog.ts';

/** What a page of the plain mode works with: it says lines and asks for lines. */
export type PlainRoom = {
  readonly services: Services;
  readonly words: Words;
  readonly say: (text: string) => void;
  /** The line that was typed; nothing when the input has ended. */
  readonly ask: (text: string) => Promise<string | undefined>;
  readonly telling: (products?: readonly Product[]) => Telling;
  /** Aborts when the person breaks off. */
  readonly signal: AbortSignal;
};

/** Lines of a list that are said before the rest is only counted. */
export const most = 20;
/** Cells that a spoken line may take; it is never drawn over. */
export const wide = 200;

export const spoken = (line: string | readonly Piece[]): string =>
  typeof line === 'string' ? line : line.map((piece) => piece.text).join('');

/** The parts that say something, as one line. */
export const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');

/** Says a list, at most so many lines of it, and how many more there are. */
export function list({ say, words }: PlainRoom, lines: readonly string[], total = lines.length): void {
  if (lines.length === 0) say(words.screen.plain.nothing);
  for (const line of lines.slice(0, most)) say(line);
  if (total > most) say(words.screen.plain.more(String(total - most)));
}

/** Numbered choices, 0 goes back. Answers with the place of the chosen one; asks again when it is none of them. */
export async function choose(room: PlainRoom, labels: readonly string[]): Promise<number | undefined> {
  const { say, ask, words } = room;
  for (;;) {
    for (const [index, label] of labels.entries()) say(`${index + 1}  ${label}`);
    say(`0  ${words.screen.plain.back}`);
    const answer = await ask(words.screen.plain.menu);
    if (answer === undefined || answer === '' || answer === '0' || answer === 'q') return undefined;
    const index = Number(answer) - 1;
    if (labels[index] !== undefined) return index;
    say(words.screen.plain.unknown(answer));
  }
}

/** Asks for the exact text that says it is meant. */
export async function meant({ ask, say, words }: PlainRoom, text: string, question?: string): Promise<boolean> {
  const answer = await ask(question ?? words.screen.plain.typeToMean(text));
  if (answers(answer ?? '', text)) return true;
  say(words.screen.plain.notDone);
  return false;
}

/** Does work, and tells trouble in words. */
export async function attempt(room: Pick<PlainRoom, 'say' | 'telling'>, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const lines = anyTroubleLines(error, room.telling());
    for (const line of [lines.said, ...lines.details, lines.advice]) room.say(line);
  }
}
