import { useEffect, useMemo, useRef, useState } from 'react';
import { cursorId, type ListAction, type ListState, listAt, listReducer } from '../../src/views/list/list-state.ts';
import { useApp } from '../context/app-context.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';

export type Rows = { readonly ids: readonly string[]; readonly offset?: number; readonly total?: number };
export type List = {
  readonly state: ListState;
  readonly cursor: string | undefined;
  readonly dispatch: (action: ListAction) => void;
  /** Moves the cursor so many rows. */
  readonly move: (by: number) => void;
  /** Moving about, for `useKeys`. */
  readonly moves: Actions;
  /** Marking, for screens with bulk actions. */
  readonly marking: Actions;
};

const shown = (state: ListState, rows: Rows, height: number): ListState =>
  listReducer(listReducer(state, { type: 'height', height }), { type: 'rows', ...rows });

type ListOptions = {
  /** Where the cursor begins. */
  readonly first?: string;
  /** On the first row it stays there, whatever rows come before it: what is newest is what is looked at. */
  readonly pinned?: boolean;
  /** The rows are on their way: keys that move wait for them, in order. */
  readonly loading?: boolean;
};

/** A list that follows its rows: what is drawn is worked out from the newest rows, never kept beside them. */
export function useList(rows: Rows, height: number, options: ListOptions = {}): List {
  const { first, pinned = false, loading = false } = options;
  const { entry } = useApp();
  const [kept, setKept] = useState<ListState>(() =>
    listAt({
      cursor:
        pinned && (entry.memory.atTop !== false || entry.jumped === true)
          ? undefined
          : (textOf(entry.memory.cursor) ?? first),
      line: numberOf(entry.memory.line),
      marks: listOf(entry.memory.marks),
    }),
  );
  const { ids, offset, total } = rows;
  const onTop = pinned && kept.index === 0;
  const state = useMemo(() => {
    const now = shown(kept, { ids, offset, total }, height);
    return onTop ? listReducer(now, { type: 'top' }) : now;
  }, [kept, ids, offset, total, height, onTop]);
  const latest = useRef({ rows, height });
  latest.current = { rows, height };
  const waiting = useRef<ListAction[]>([]);
  const list = useMemo((): List => {
    const dispatch = (action: ListAction): void =>
      setKept((before) => {
        // Before the rows are there the remembered one is kept: no key moves away from it.
        if (latest.current.rows.ids.length === 0 && action.type !== 'set-marks') return before;
        const here = shown(before, latest.current.rows, latest.current.height);
        return listReducer(pinned && before.index === 0 ? listReducer(here, { type: 'top' }) : here, action);
      });
    const moveOrWait = (action: ListAction): void => {
      if (loading && latest.current.rows.ids.length === 0) waiting.current.push(action);
      else dispatch(action);
    };
    return {
      state,
      cursor: cursorId(state),
      dispatch,
      move: (by) => dispatch({ type: 'move', by }),
      moves:
        state.total <= 1 && !loading
          ? {}
          : {
              up: () => moveOrWait({ type: 'move', by: -1 }),
              down: () => moveOrWait({ type: 'move', by: 1 }),
              'page-up': () => moveOrWait({ type: 'page', by: -1 }),
              'page-down': () => moveOrWait({ type: 'page', by: 1 }),
              top: () => moveOrWait({ type: 'top' }),
              bottom: () => moveOrWait({ type: 'bottom' }),
            },
      marking: {
        mark: () => dispatch({ type: 'mark' }),
        'mark-range': () => dispatch({ type: 'mark-range' }),
        'mark-all': () => dispatch({ type: 'mark-all' }),
      },
    };
  }, [state, pinned, loading]);
  const { dispatch } = list;
  useEffect(() => {
    if (loading && ids.length === 0) return;
    for (const action of waiting.current.splice(0)) dispatch(action);
  }, [loading, ids, dispatch]);
  return list;
}

/** Moves the cursor of a list beneath a field so many rows; answers whether the key was one that does. */
export function moveBy(list: List, by: number | undefined): boolean {
  if (by !== undefined) list.move(by);
  return by !== undefined;
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
