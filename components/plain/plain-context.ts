import type { Product } from '../../src/domain/product.ts';
import type { Services } from '../../src/services/services.ts';
import type { PaletteCommand } from '../../src/views/commands/palette.ts';
import { anyErrorLines } from '../../src/views/errors/any-error-lines.ts';
import type { FormatContext } from '../../src/views/format/format-context.ts';
import type { Route, ScreenName } from '../../src/views/navigation/route.ts';
import { clean } from '../../src/views/text/cell-text.ts';
import type { Piece } from '../../src/views/text/tones.ts';
import type { Words } from '../../src/views/words/words.ts';
import { answers } from '../context/dialog.ts';

/** What a page of the plain mode works with: it says lines and asks for lines. */
export type PlainContext = {
  readonly services: Services;
  readonly words: Words;
  /** The screens that can be said, in the order of the choices. */
  readonly screens: readonly PlainScreen[];
  /** The commands that can be typed. */
  readonly palette: readonly PaletteCommand[];
  readonly print: (text: string) => void;
  /** The line that was typed; nothing when the input has ended. */
  readonly ask: (text: string) => Promise<string | undefined>;
  readonly formatFor: (products?: readonly Product[]) => FormatContext;
  /** Aborts when the person breaks off. */
  readonly signal: AbortSignal;
};

/** A screen as the plain mode has it: a page of lines, offered as a choice or only opened by others. */
export type PlainScreen = {
  readonly route: ScreenName;
  readonly isChoice: boolean;
  readonly label: (words: Words) => string;
  readonly page: (context: PlainContext, route: Route) => Promise<void>;
};

/** Lines of a list that are said before the rest is only counted. */
export const maxLines = 20;
/** Cells that a spoken line may take; it is never drawn over. */
export const lineWidth = 200;

export const plainText = (line: string | readonly Piece[]): string =>
  typeof line === 'string' ? line : line.map((piece) => piece.text).join('');

/** The parts that say something, as one line. */
export const joinParts = (...parts: readonly string[]): string =>
  parts
    .map(clean)
    .filter((part) => part !== '')
    .join(', ');

/** Says a list, at most so many lines of it, and how many more there are. */
export function list({ print, words }: PlainContext, lines: readonly string[], total = lines.length): void {
  if (lines.length === 0) print(words.screen.plain.nothing);
  for (const line of lines.slice(0, maxLines)) print(line);
  if (total > maxLines) print(words.screen.plain.more(String(total - maxLines)));
}

/** The place of the choice that an answer names, as its number stands there: a scanned `0005` or `1e0` names none. */
export const choiceOf = (answer: string): number => (/^[1-9]\d*$/.test(answer) ? Number(answer) - 1 : -1);

/** Numbered choices, 0 goes back. Answers with the place of the chosen one; asks again when it is none of them. */
export async function choose(context: PlainContext, labels: readonly string[]): Promise<number | undefined> {
  const { print, ask, words } = context;
  for (;;) {
    for (const [index, label] of labels.entries()) print(`${index + 1}  ${label}`);
    print(`0  ${words.screen.plain.back}`);
    const answer = await ask(words.screen.plain.menu);
    if (answer === undefined || answer === '' || answer === '0' || answer === 'q') return undefined;
    const index = choiceOf(answer);
    if (labels[index] !== undefined) return index;
    print(words.screen.plain.unknown(answer));
  }
}

/** Asks for the exact text that says it is meant. */
export async function confirmTyped(
  { ask, print, words }: PlainContext,
  text: string,
  question?: string,
): Promise<boolean> {
  const answer = await ask(question ?? words.screen.plain.typeToConfirm(text));
  if (answers(answer ?? '', text)) return true;
  print(words.screen.plain.notDone);
  return false;
}

/** Does work, and tells trouble in words. */
export async function withErrorHandling(
  context: Pick<PlainContext, 'print' | 'formatFor'>,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    const lines = anyErrorLines(error, context.formatFor());
    for (const line of [lines.said, ...lines.details, lines.advice]) context.print(line);
  }
}
