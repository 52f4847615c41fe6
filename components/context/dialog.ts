import type { Completion } from '../../src/views/commands/palette.ts';
import type { Tone } from '../../src/views/text/tones.ts';

export type DialogText = { readonly text: string; readonly tone?: Tone };

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
      readonly start?: string;
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
      readonly lines: readonly (DialogText & { readonly link?: string })[];
    };

/** Whether a typed text is the answer; a number may be typed as it is shown, with its points or commas. */
export const answers = (text: string, answer: string): boolean =>
  text.trim() === answer || (/^\d+$/.test(answer) && text.replace(/[\s.,]/g, '') === answer);

/** The most lines that a dialog shows between its title and its last line. */
export const dialogLines = 9;
/** Lines for what a typed text may become. */
export const offerLines = 6;

/** Lines that a dialog takes from the screen. */
export function dialogHeight(dialog: Dialog | undefined): number {
  if (dialog === undefined) return 0;
  if (dialog.kind === 'prompt') return dialog.complete === undefined ? 3 : 2 + offerLines;
  if (dialog.kind === 'menu') return Math.min(dialog.choices.length, dialogLines) + 2;
  if (dialog.kind === 'note') return Math.min(dialog.lines.length, dialogLines) + 1;
  return Math.min(dialog.lines.length + (dialog.questions?.length ?? 0), dialogLines) + 2;
}
