import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type ChangedCells, changedCells, type ListSnapshot } from '../../src/views/list/changed-cells.ts';
import type { ListState } from '../../src/views/list/list-state.ts';
import type { Column } from '../../src/views/list/table.ts';
import { useApp } from '../context/app-context.ts';

/** Milliseconds that a change stays marked, when no key comes before. */
const markDuration = 3_000;
const none: ChangedCells = new Map();

type ListShown<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly list: ListState;
  /** Names the question: what answers another one is no change. */
  readonly queryKey: string;
};

/** The cells on the screen that were another a moment ago, until the next key or for a brief while. */
export function useChangedCells<Row>({ columns, rows, list, queryKey }: ListShown<Row>): ChangedCells {
  const { keys } = useApp();
  const [changed, setChanged] = useState(none);
  const { ids, offset, top, height } = list;
  const before = useRef<ListSnapshot<Row> & { readonly queryKey: string }>({ ids: [], rows: [], queryKey });

  // biome-ignore lint/correctness/useExhaustiveDependencies: only rows that were read again can have changed
  useLayoutEffect(() => {
    const was = before.current;
    before.current = { ids, rows, queryKey };
    if (was.queryKey !== queryKey) {
      // The question is another one, and its answer may still be on the way.
      if (was.rows === rows) before.current = { ids: [], rows, queryKey };
      setChanged(none);
      return;
    }
    if (was.rows === rows) {
      before.current = was;
      return;
    }
    const from = top - offset;
    const shown = { ids: ids.slice(from, from + height), rows: rows.slice(from, from + height) };
    const found = changedCells(was, shown, columns);
    if (found.size > 0) setChanged(found);
  }, [rows, queryKey]);

  useEffect(() => {
    if (changed.size === 0) return undefined;
    const forget = (): void => setChanged(none);
    const timer = setTimeout(forget, markDuration);
    const unsubscribe = keys.onAnyKey(forget);
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [changed, keys]);
  return changed;
}
