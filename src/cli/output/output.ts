import { clean } from '../../views/text/cell-text.ts';
import type { Piece, Tone } from '../../views/text/tones.ts';

/** A stream as far as the command line needs it. */
export type OutputStream = {
  readonly write: (text: string) => unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
};

/** A line to print: plain text, or pieces in tones. */
export type Line = string | readonly (string | Piece)[];

/** Where answers and notes go: data to stdout, everything else to stderr. */
export type Output = {
  readonly isTerminal: boolean;
  readonly notesToTerminal: boolean;
  /** Cells that a line may take; without end when nobody looks at it. */
  readonly width: number;
  /** A line of the answer. */
  readonly say: (line?: Line) => void;
  /** A line beside the answer: progress, warnings, trouble. */
  readonly note: (line?: Line) => void;
  /** Bytes of the answer as they are: JSON, CSV. */
  readonly data: (text: string) => void;
  /** Steering of the terminal, for progress that is redrawn. */
  readonly control: (sequence: string) => void;
};

const codes: Readonly<Record<Tone, string>> = {
  good: '32',
  waiting: '33',
  wrong: '31',
  quiet: '2',
  strong: '1',
  accent: '36',
};

const paint = (piece: string | Piece, colour: boolean): string => {
  if (typeof piece === 'string') return clean(piece);
  const text = clean(piece.text);
  if (!colour || piece.tone === undefined || text.trim() === '') return text;
  return `\u001b[${codes[piece.tone]}m${text}\u001b[0m`;
};

const render = (line: Line, colour: boolean): string =>
  typeof line === 'string' ? clean(line) : line.map((piece) => paint(piece, colour)).join('');

/** Whether a stream gets colours: a terminal that is not dumb, unless `NO_COLOR` says no or `FORCE_COLOR` says yes. */
const coloured = (stream: OutputStream, env: Readonly<Record<string, string | undefined>>): boolean => {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  if (env.FORCE_COLOR !== undefined) return env.FORCE_COLOR !== '0';
  return stream.isTTY === true && env.TERM !== 'dumb';
};

/** An output over two streams. `plain` takes colour and cutting away. */
export function makeOutput(
  { stdout, stderr }: { readonly stdout: OutputStream; readonly stderr: OutputStream },
  env: Readonly<Record<string, string | undefined>>,
  { plain }: { readonly plain: boolean },
): Output {
  const [colour, noteColour] = [!plain && coloured(stdout, env), !plain && coloured(stderr, env)];
  const isTerminal = stdout.isTTY === true;
  const columns = stdout.columns ?? 0;
  return {
    isTerminal,
    notesToTerminal: stderr.isTTY === true && env.TERM !== 'dumb' && !plain,
    width: isTerminal && !plain ? (columns >= 20 ? columns : 80) : Number.POSITIVE_INFINITY,
    say: (line = '') => stdout.write(`${render(line, colour).trimEnd()}\n`),
    note: (line = '') => stderr.write(`${render(line, noteColour).trimEnd()}\n`),
    data: (text) => stdout.write(text),
    control: (sequence) => stderr.write(sequence),
  };
}
