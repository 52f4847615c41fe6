import type { ReactNode } from 'react';
import type { ProductId } from '../../src/domain/ids.ts';
import type { ActionLabels } from '../../src/views/keyboard/keymap.ts';
import type { Exported } from '../../src/views/list/export-rows.ts';
import type { Filterable, FilterFieldId, ListSection } from '../../src/views/list/filter-conditions.ts';
import type { Column } from '../../src/views/list/table.ts';
import type { Memory } from '../../src/views/navigation/navigation.ts';
import type { Piece } from '../../src/views/text/tones.ts';
import type { Words } from '../../src/views/words/words.ts';
import type { QueryResult } from '../context/use-query.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';

/** What a screen says of its list. */
export type ListViewProps<Row> = {
  readonly query: QueryResult<unknown>;
  readonly rows: readonly Row[];
  /** Set when `rows` is a window of a longer list; `isWhole`: it is all of it that is ever brought at once. */
  readonly window?: { readonly offset: number; readonly total: number; readonly isWhole: boolean };
  readonly idOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  /** What the filter sees of a row, and the names of its fields. */
  readonly filterable: (row: Row, words: Words) => Filterable;
  readonly fields: readonly FilterFieldId[];
  readonly head: readonly Piece[];
  readonly empty: { readonly said: string; readonly todo?: string };
  /** Lines about the row under the cursor, beside the list where there is room. */
  readonly detail?: (row: Row, width: number) => readonly (string | readonly Piece[])[];
  /** The product a row is about: the pane shows it over all shops too. */
  readonly productOf?: (row: Row) => ProductId | undefined;
  /** What the keys do; `chosen` are the marked rows, or the one under the cursor; an act that succeeded ends its marks. */
  readonly actions: (row: Row | undefined, chosen: readonly Row[], clearMarks: () => void) => Actions;
  /** What keys do here where the usual word does not say it. */
  readonly labels?: ActionLabels;
  /** Begins at the first row and stays on it as newer ones come, until the cursor is moved. */
  readonly pinned?: boolean;
  readonly exportName?: string;
  /** What is written of the rows where it is other lines than the list's own. */
  readonly exportAs?: (rows: readonly Row[]) => Exported;
  readonly memory?: Memory;
  /** Lines above the list, for what the screen has to say first. */
  readonly above?: { readonly lines: number; readonly body: ReactNode };
  /** A line under the list about the row under the cursor, where no pane beside it says the same. */
  readonly footer?: (row: Row) => readonly Piece[];
  /** What stands under a list that is shorter than the window, in so many cells and rows. */
  readonly beneath?: (space: { readonly width: number; readonly rows: number }) => ReactNode;
  readonly onView?: (view: ListSection) => void;
};
