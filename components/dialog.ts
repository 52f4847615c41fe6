import type { Tone } from '../src/views/tones.ts';

/** A question to the person, drawn under the screen so that the rows it is about stay in sight. */
export type Dialog =
  /** Yes or no, with Cancel focused. `typed`: the yes counts only with exactly this text typed. */
  | {
      readonly kind: 'confirm';
      readonly title: string;
      readonly lines: readonly { readonly text: string; readonly tone?: Tone }[];
      readonly yes: string;
      readonly typed?: string;
      readonly onYes: () => void;
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
      readonly complete?: (text: string) => readonly string[];
      readonly onText: (text: string) => void;
    };
