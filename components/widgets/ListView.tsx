import { Box } from 'ink';
import { useEffect, useMemo, useState } from 'react';
import { exportedOf } from '../../src/views/list/export-rows.ts';
import { fieldPrefixes, searchWord, unknownFields } from '../../src/views/list/filter-conditions.ts';
import { chosenIds, lineOf } from '../../src/views/list/list-state.ts';
import { countLine } from '../../src/views/list/position.ts';
import { useApp } from '../context/app-context.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useConditions } from '../list/use-conditions.ts';
import { useDetailProduct } from '../list/use-detail-product.ts';
import { useExport } from '../list/use-export.ts';
import { moveBy, useList } from '../list/use-list.ts';
import { useMarkAll } from '../list/use-mark-all.ts';
import { useResetMarks } from '../list/use-reset-marks.ts';
import { useRowLookup } from '../list/use-row-lookup.ts';
import { useRows } from '../list/use-rows.ts';
import { useSort } from '../list/use-sort.ts';
import { useStillReading } from '../list/use-still-reading.ts';
import { DetailPane, detailLines, detailWidth } from './DetailPane.tsx';
import { EmptyState } from './EmptyState.tsx';
import { ErrorView } from './ErrorView.tsx';
import { FilterBar } from './FilterBar.tsx';
import type { ListViewProps } from './list-view-props.ts';
import { Table } from './Table.tsx';
import { TextLine } from './TextLine.tsx';

/** Rows under a list that are worth filling. */
const fewestSpare = 6;

/** A list as every screen has it: filter, order, cursor, marks, detail, export; the screen says what the rows are. */
export function ListView<Row>(props: ListViewProps<Row>) {
  const app = useApp();
  const { words, viewport, saveState } = app;
  const { rows: all, columns, idOf, filterable, query, window } = props;
  const { filter, fields, conditions, highlight, completions } = useConditions({
    fields: props.fields,
    rows: all,
    filterable,
    onKey: (name) => moveCursor(name),
  });
  const sort = useSort(columns);
  const above = props.above?.lines ?? 0;
  // What holds nothing at all has nothing to tell beside it.
  const isEmpty = query.value !== undefined && all.length === 0 && (window?.total ?? 0) === 0;
  const paneWidth = props.detail === undefined || isEmpty ? 0 : detailWidth(viewport.columns);
  const beneath = props.footer === undefined || paneWidth > 0 ? 0 : 1;
  const height = Math.max(1, viewport.rows - 2 - above - beneath);
  const queryKey = `${props.exportName ?? ''} ${window?.offset ?? ''}`;
  const rows = useRows({ all, idOf, columns, conditions, filterable, order: sort.order, queryKey });
  const ids = useMemo(() => rows.map(idOf), [rows, idOf]);
  const lookup = useRowLookup(all, idOf);
  const [loadAll, setLoadAll] = useState(false);
  const whole = filter.text !== '' || sort.order !== undefined || loadAll;
  const options = { pinned: props.pinned, loading: query.value === undefined };
  const list = useList(whole || window === undefined ? { ids } : { ids, ...window }, height, options);
  if (window !== undefined && !loadAll && lookup.isAnyUnseen(list.state.marks)) setLoadAll(true);
  useEffect(() => lookup.remember(list.state.marks));
  useResetMarks(props.exportName, list.dispatch);
  const markAll = useMarkAll(list.dispatch, window?.isWhole ?? true, () => setLoadAll(true));

  const moveCursor = (name: string): boolean =>
    moveBy(list, { down: 1, up: -1, pagedown: height, pageup: -height }[name]);
  const row = list.cursor === undefined ? undefined : lookup.rowAt(list.cursor);
  const chosen = chosenIds(list.state).flatMap((id) => lookup.rowAt(id) ?? []);
  const exporting = useExport(props.exportName ?? 'list', props.exportAs?.(rows) ?? exportedOf(columns, rows));
  const { state } = list;
  const { onView, memory, labels } = props;
  const word = searchWord(conditions);
  const isLoaded = query.value !== undefined;
  useEffect(() => {
    // Before its rows are there a list stands at its top: that is no place that somebody went to.
    if (isLoaded || whole) onView?.({ top: state.top, whole, word });
  }, [onView, isLoaded, state.top, whole, word]);
  useEffect(() => {
    saveState({
      ...memory,
      cursor: list.cursor,
      line: lineOf(state),
      atTop: state.index === 0,
      marks: [...state.marks],
      filter: filter.text,
      ...sort.memory,
    });
  });

  const own = props.actions(row, chosen, () => list.dispatch({ type: 'set-marks', ids: [] }));
  useStillReading(query.value === undefined);
  useKeys({
    level: 'screen',
    labels,
    actions: {
      ...list.moves,
      find: filter.show,
      sort: sort.openDialog,
      export: props.exportName === undefined ? undefined : exporting,
      ...(own.bulk === undefined ? {} : { ...list.marking, 'mark-all': markAll }),
      ...(filter.text === '' ? {} : { back: filter.clear }),
      ...own,
    },
  });

  const unknownNames = unknownFields(filter.text, fields);
  const total = window?.total ?? all.length;
  const count = countLine(state, { words, total, isWhole: whole, isReading: query.value === undefined });
  const width = viewport.columns - paneWidth;
  const pane = useDetailProduct(paneWidth === 0 || row === undefined ? undefined : props.productOf?.(row));
  const spare = height - beneath - state.total - 1;
  const lines = paneWidth === 0 || row === undefined ? [] : (props.detail?.(row, paneWidth - 4) ?? []);
  if (query.error !== undefined && query.value === undefined) return <ErrorView error={query.error} />;
  return (
    <Box flexDirection="row" width="100%">
      <Box flexDirection="column" width={paneWidth === 0 ? '100%' : width} flexShrink={0}>
        {props.above?.body}
        <FilterBar
          head={props.head}
          label={words.screen.filter}
          filter={filter}
          fields={fieldPrefixes(fields)}
          completions={completions}
          count={count}
          width={width}
        />
        {rows.length > 0 || (!whole && (window?.total ?? 0) > 0) ? (
          <Table
            columns={columns}
            rows={rows}
            list={state}
            onMove={list.move}
            width={width - 1}
            sort={sort.order}
            highlight={highlight}
            queryKey={`${queryKey} ${JSON.stringify(props.memory ?? {})}`}
          />
        ) : query.loading ? undefined : all.length > 0 || filter.text !== '' ? (
          <EmptyState
            said={
              unknownNames.length === 0 ? words.screen.nothingFits : words.screen.noSuchField(unknownNames.join(', '))
            }
            todo={words.screen.nothingFitsTodo(fieldPrefixes(fields))}
          />
        ) : (
          <EmptyState {...props.empty} />
        )}
        {props.beneath === undefined || state.total === 0 || spare < fewestSpare ? undefined : (
          <Box paddingLeft={3} paddingTop={1}>
            {props.beneath({ width: width - 5, rows: spare })}
          </Box>
        )}
        {beneath === 0 || row === undefined ? undefined : (
          <Box paddingLeft={3} marginTop={Math.max(0, height - state.total + state.top)}>
            <TextLine pieces={props.footer?.(row) ?? ''} />
          </Box>
        )}
      </Box>
      {paneWidth === 0 ? undefined : (
        <DetailPane
          width={paneWidth}
          rows={viewport.rows}
          lines={detailLines(lines, pane, app.formatFor, { width: paneWidth - 4, rows: viewport.rows })}
        />
      )}
    </Box>
  );
}
