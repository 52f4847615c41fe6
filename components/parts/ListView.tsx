import { Box } from 'ink';
import { type ReactNode, useEffect, useMemo, useState } from 'react';
import type { ProductId } from '../../src/domain/ids.ts';
import {
  type FacetId,
  type Filterable,
  facetFields,
  parseFacets,
  typedNames,
  unknownFields,
} from '../../src/views/input/facets.ts';
import { chosenIds, hiddenMarks } from '../../src/views/input/list-state.ts';
import type { Memory } from '../../src/views/input/navigation.ts';
import { number } from '../../src/views/numbers.ts';
import type { Column } from '../../src/views/table.ts';
import type { Piece } from '../../src/views/tones.ts';
import type { Words } from '../../src/views/words.ts';
import { useDesk } from '../desk/use-desk.ts';
import type { Answer } from '../desk/use-query.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useExport } from '../lists/use-export.ts';
import { useFilter } from '../lists/use-filter.ts';
import { useFreshMarks } from '../lists/use-fresh-marks.ts';
import { useList } from '../lists/use-list.ts';
import { useMarkAll } from '../lists/use-mark-all.ts';
import { usePaneCard } from '../lists/use-pane-card.ts';
import { useRows } from '../lists/use-rows.ts';
import { useSort } from '../lists/use-sort.ts';
import type { Actions } from '../terminal/key-desk.ts';
import { DetailPane, detailWidth, paneLines } from './DetailPane.tsx';
import { EmptyNote } from './EmptyNote.tsx';
import { FilterLine } from './FilterLine.tsx';
import { Table } from './Table.tsx';
import { Trouble } from './Trouble.tsx';

export type ListViewProps<Row> = {
  readonly answer: Answer<unknown>;
  readonly rows: readonly Row[];
  /** Set when `rows` is a window of a longer list. */
  readonly window?: { readonly offset: number; readonly total: number };
  readonly idOf: (row: Row) => string;
  readonly columns: readonly Column<Row>[];
  /** What the filter sees of a row, and the names of its fields. */
  readonly filterable: (row: Row, words: Words) => Filterable;
  readonly fields: readonly FacetId[];
  readonly head: readonly Piece[];
  readonly empty: { readonly said: string; readonly todo?: string };
  /** Lines about the row under the cursor, beside the list where there is room. */
  readonly detail?: (row: Row, width: number) => readonly (string | readonly Piece[])[];
  /** The product a row is about: the pane shows it over all shops too. */
  readonly productOf?: (row: Row) => ProductId | undefined;
  /** What the keys do; `chosen` are the marked rows, or the one under the cursor. */
  readonly actions: (row: Row | undefined, chosen: readonly Row[]) => Actions;
  readonly exportName?: string;
  readonly memory?: Memory;
  /** Lines above the list, for what the screen has to say first. */
  readonly above?: { readonly lines: number; readonly body: ReactNode };
  readonly onView?: (view: { readonly top: number; readonly height: number; readonly whole: boolean }) => void;
};

/** A list as every screen has it: filter, order, cursor, marks, detail, export; the screen says what the rows are. */
export function ListView<Row>(props: ListViewProps<Row>) {
  const desk = useDesk();
  const { words, room, keep } = desk;
  const { rows: all, columns, idOf, filterable, answer, window } = props;
  const filter = useFilter({ onKey: (name) => walk(name) });
  const sort = useSort(columns);
  const above = props.above?.lines ?? 0;
  const height = Math.max(1, room.rows - 2 - above);

  const fields = useMemo(() => facetFields(props.fields, words), [props.fields, words]);
  const facets = useMemo(() => parseFacets(filter.text, fields), [filter.text, fields]);
  const about = `${props.exportName ?? ''} ${window?.offset ?? ''}`;
  const rows = useRows({ all, idOf, columns, facets, filterable, order: sort.order, about });
  const ids = useMemo(() => rows.map(idOf), [rows, idOf]);
  const byId = useMemo(() => new Map(all.map((row) => [idOf(row), row])), [all, idOf]);
  const [reach, setReach] = useState(false);
  const whole = filter.text !== '' || sort.order !== undefined || reach;
  const list = useList(whole || window === undefined ? { ids } : { ids, ...window }, height);
  // What is marked must be at hand, also where only a window of a long list is loaded.
  const strayed = window !== undefined && [...list.state.marks].some((id) => !byId.has(id));
  if (strayed && !reach) setReach(true);
  const loadedAll = window === undefined || all.length >= window.total;
  useFreshMarks(props.exportName, list.act);
  const markAll = useMarkAll(list.act, loadedAll, () => setReach(true));

  const walk = (name: string): boolean => {
    const by = { down: 1, up: -1, pagedown: height, pageup: -height }[name];
    if (by !== undefined) list.act({ type: 'move', by });
    return by !== undefined;
  };

  const row = list.cursor === undefined ? undefined : byId.get(list.cursor);
  const chosen = chosenIds(list.state).flatMap((id) => byId.get(id) ?? []);
  const exporting = useExport(props.exportName ?? 'list', columns, rows);
  const { state } = list;
  const { top } = state;
  const { onView, memory } = props;
  useEffect(() => onView?.({ top, height, whole }), [onView, top, height, whole]);
  useEffect(() => {
    keep({ ...memory, cursor: list.cursor, marks: [...state.marks], filter: filter.text, ...sort.memory });
  });

  const own = props.actions(row, chosen);
  useKeys({
    level: 'screen',
    actions: {
      ...list.moves,
      find: filter.show,
      sort: sort.ask,
      ...(props.exportName === undefined ? {} : { export: exporting }),
      ...(own.bulk === undefined ? {} : { ...list.marking, 'mark-all': markAll }),
      ...(filter.text === '' ? {} : { back: filter.clear }),
      ...own,
    },
  });

  const strangers = unknownFields(filter.text, fields);
  const total = window?.total ?? all.length;
  const hidden = hiddenMarks(state);
  const count = [
    state.marks.size === 0 ? '' : words.screen.marked(String(state.marks.size), hidden === 0 ? '' : String(hidden)),
    answer.value === undefined
      ? words.screen.reading
      : whole
        ? words.screen.countOf(number(rows.length, words), number(total, words))
        : number(total, words),
  ].filter((part) => part !== '');
  const side = props.detail === undefined ? 0 : detailWidth(room.columns);
  const width = room.columns - side;
  const pane = usePaneCard(side === 0 || row === undefined ? undefined : props.productOf?.(row));
  const lines = side === 0 || row === undefined ? [] : (props.detail?.(row, side - 4) ?? []);
  if (answer.error !== undefined && answer.value === undefined) return <Trouble error={answer.error} />;
  return (
    <Box flexDirection="row" width="100%">
      <Box flexDirection="column" width={side === 0 ? '100%' : width} flexShrink={0}>
        {props.above?.body}
        <FilterLine
          head={props.head}
          label={words.screen.filter}
          filter={filter}
          fields={typedNames(fields)}
          count={count.join(' · ')}
          width={width}
        />
        {rows.length > 0 || (!whole && (window?.total ?? 0) > 0) ? (
          <Table
            columns={columns}
            rows={rows}
            list={state}
            width={width - 1}
            sort={sort.order}
            about={`${about} ${JSON.stringify(props.memory ?? {})}`}
          />
        ) : answer.waiting ? undefined : all.length > 0 ? (
          <EmptyNote
            said={strangers.length === 0 ? words.screen.nothingFits : words.screen.noSuchField(strangers.join(', '))}
            todo={words.screen.nothingFitsTodo(typedNames(fields))}
          />
        ) : (
          <EmptyNote {...props.empty} />
        )}
      </Box>
      {side === 0 ? undefined : (
        <DetailPane
          width={side}
          rows={room.rows}
          lines={paneLines(lines, pane, desk.telling, { width: side - 4, rows: room.rows })}
        />
      )}
    </Box>
  );
}
