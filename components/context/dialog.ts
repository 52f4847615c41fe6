import type { Completion } from '../../src/views/commands/palette.ts';
import { cut, wrap } from '../../src/views/text/cell-text.ts';
import type { Tone } from '../../src/views/text/tones.ts';

export type DialogText = { readonly text: string; readonly tone?: Tone };

/** A line to read, perhaps an address that the terminal opens. */
export type NoteLine = DialogText & { readonly link?: string };

/** What a person types to say that something is meant. Left empty where that is allowed, the answer is no to this part. */
export type Question = { readonly label: string; readonly answer: string; readonly optional?: true };

/**
 * A question to the person, drawn under the screen so that the rows it is about stay in sight. A scan answers none of
 * them: it cancels, and the product is looked up.
 */
export type Dialog =
  /** Yes or no, with Cancel focused. With `questions` the yes counts only when each was answered as it must be. */
  | {
      readonly kind: 'confirm';
      readonly title: string;
      readonly lines: readonly DialogText[];
      readonly yes: string;
      readonly questions?: readonly Question[];
      /** Gets what was typed, one text a question. */
      readonly onYes: (answers: readonly string[]) => void;
    }
  | {
      readonly kind: 'menu';
      readonly title: string;
      readonly choices: readonly { readonly label: string; readonly note?: string; readonly run: () => void }[];
    }
  | {
      readonly kind: 'prompt';
      readonly title: string;
      /** Proposed: the first letter takes its place, the arrows and Backspace go on with it. */
      readonly start?: string;
      /** Whether a code that came with a slow scanner's pauses is no answer that a hand is likely to type. */
      readonly isUnlikely?: (text: string) => boolean;
      readonly hint?: string;
      /** Offers what may follow, the best first. */
      readonly complete?: (text: string) => readonly Completion[];
      /** Whether a text that came as one is a whole line: on a slow line what is typed comes so. */
      readonly isLine?: (text: string) => boolean;
      /** A scan is a part of the text; without it a scan cancels as elsewhere. */
      readonly acceptsScan?: true;
      readonly onText: (text: string) => void;
    }
  /** Lines to read; any key closes it. */
  | {
      readonly kind: 'note';
      readonly title: string;
      readonly lines: readonly NoteLine[];
    };

/** Whether a typed text is the answer; a number may be typed as it is shown, with its points or commas. */
export const answers = (text: string, answer: string): boolean =>
  text.trim() === answer || (/^\d+$/.test(answer) && text.replace(/[\s.,]/g, '') === answer);

/** The most lines that a dialog shows between its title and its last line. */
export const dialogLines = 9;
/** Lines for what a typed text may become. */
export const offerLines = 6;

/** The most lines of a title; what is longer stands in the messages. */
const titleLines = 3;

/** The title of a dialog in lines. */
export function dialogTitle(title: string, columns: number): readonly string[] {
  const width = Math.max(4, columns - 8);
  const lines = wrap(title, width);
  const last = lines.slice(titleLines - 1).join(' ');
  return lines.length <= titleLines ? lines : [...lines.slice(0, titleLines - 1), cut(last, width)];
}

/** Wrapped lines that all begin where the first one begins. */
function wrapIndented(text: string, width: number): readonly string[] {
  const indent = ' '.repeat(text.length - text.trimStart().length);
  return wrap(text.trim(), width - indent.length).map((line) => indent + line);
}

/** What stands under the title, wrapped to the window; what no window has room for ends in a sign that there is more. */
export function dialogBody(
  { lines, questions = [] }: { readonly lines: readonly NoteLine[]; readonly questions?: readonly Question[] },
  columns: number,
): readonly NoteLine[] {
  const width = Math.max(4, columns - 8);
  const room = Math.max(0, dialogLines - questions.length);
  const wrapped = lines.flatMap((line) =>
    // An address stays whole: the terminal opens it as one.
    line.link === undefined ? wrapIndented(line.text, width).map((text) => ({ ...line, text })) : [line],
  );
  const last = wrapped[room - 1];
  return wrapped.length <= room || last === undefined
    ? wrapped.slice(0, room)
    : [...wrapped.slice(0, room - 1), { ...last, text: `${cut(last.text, width - 2, '')} …` }];
}

/** Lines that a dialog takes from the screen. */
export function dialogHeight(dialog: Dialog | undefined, columns: number): number {
  if (dialog === undefined) return 0;
  return dialogTitle(dialog.title, columns).length - 1 + heightUnderOneTitle(dialog, columns);
}

function heightUnderOneTitle(dialog: Dialog, columns: number): number {
  if (dialog.kind === 'prompt') return dialog.complete === undefined ? 3 : 2 + offerLines;
  if (dialog.kind === 'menu') return Math.min(dialog.choices.length, dialogLines) + 2;
  if (dialog.kind === 'note') return dialogBody(dialog, columns).length + 1;
  return dialogBody(dialog, columns).length + (dialog.questions?.length ?? 0) + 2;
}
