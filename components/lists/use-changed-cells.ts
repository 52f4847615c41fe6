import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type ChangedCells, changedCells, type Standing } from '../../src/views/input/changed-cells.ts';
import type { ListState } from '../../src/views/input/list-state.ts';
import type { Column } from '../../src/views/table.ts';
import { useDesk } from '../desk/use-desk.ts';

/** Milliseconds that a change stays marked, when no key comes before. */
const brief = 3_000;
const none: ChangedCells = new Map();

type ListShown<Row> = {
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly list: ListState;
  /** Names the question: what answers another one is no change. */
  readonly about: string;
};

/** The cells on the screen that were another a moment ago, until the next key or for a brief while. */
export function useChangedCells<Row>({ columns, rows, list, about }: ListShown<Row>): ChangedCells {
  const { keys } = useDesk();
  const [changed, setChanged] = useState(none);
  const { ids, offset, top, height } = list;
  const before = useRef<Standing<Row> & { readonly about: string }>({ ids: [], rows: [], about });

  // biome-ignore lint/correctness/useExhaustiveDependencies: only rows that were read again can have changed
  useLayoutEffect(() => {
    const was = before.current;
    before.current = { ids, rows, about };
    if (was.about !== about) {
      // The question is another one, and its answer may still be on the way.
      if (was.rows === rows) before.current = { ids: [], rows, about };
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
  }, [rows, about]);

  useEffect(() => {
    if (changed.size === 0) return undefined;
    const forget = (): void => setChanged(none);
    const timer = setTimeout(forget, brief);
    const deaf = keys.overhear(forget);
    return () => {
      clearTimeout(timer);
      deaf();
    };
  }, [changed, keys]);
  return changed;
}
