import type { FileFault, StockFileFault } from '../../domain/warehouse/file-fault.ts';
import type { ImportFault, ImportProblem } from '../../services/dependencies/refusal.ts';
import { number } from '../format/numbers.ts';
import { cut } from '../text/cell-text.ts';
import { visibleSeparators } from '../text/visible-text.ts';
import type { Words } from '../words/words.ts';

/** Of what stood in a cell, so many columns are shown: enough to find it. */
const shownWidth = 80;

const columnName = (column: string, { cli }: Words): string =>
  Object.entries(cli.fileColumn).find(([name]) => name === column)?.[1] ?? column;

type Told = {
  readonly line?: number;
  readonly column?: string;
  readonly what: ImportFault | StockFileFault;
  readonly value?: string;
  readonly near?: string;
};

/** What is wrong, with what, and what may have been meant: `line 7, on hand: not a whole number: "3,5"`. */
export function problemLine({ line, column, what, value, near }: Told, words: Words): string {
  const { cli } = words;
  const place = line === undefined ? undefined : cli.line(String(line));
  const where =
    line !== undefined && column !== undefined ? cli.lineColumn(String(line), columnName(column, words)) : place;
  const shown = value === undefined ? '' : `: "${cut(visibleSeparators(value), shownWidth)}"`;
  const said = `${where === undefined ? '' : `${where}: `}${cli.problem[what]}${shown}`;
  return near === undefined ? said : `${said}; ${cli.perhaps(visibleSeparators(near))}`;
}

type Problems = { readonly about: Readonly<Record<string, string>>; readonly problems: readonly ImportProblem[] };

/** All that are wrong: of very many, only the first are held. */
const countOf = ({ about, problems }: Problems): number => Math.max(problems.length, Number(about.problems ?? 0));

export const problemCount = (found: Problems, words: Words): string => number(countOf(found), words);

/** How many there are beside those that are named; nothing where that is all. */
export const moreProblems = (found: Problems, named: number, words: Words): readonly string[] => {
  const rest = countOf(found) - named;
  return rest > 0 ? [words.cli.andMore(number(rest, words))] : [];
};

/** The same of a file that the warehouse laid down. */
export const fileFaultLine = (fault: FileFault, words: Words): string => `${fault.file}, ${problemLine(fault, words)}`;
