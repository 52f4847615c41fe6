import { useMemo, useRef, useState } from 'react';
import { cursorId, type ListAction, type ListState, listAt, listReducer } from '../../src/views/input/list-state.ts';
import { useDesk } from '../desk/use-desk.ts';
import type { Actions } from '../terminal/key-desk.ts';

export type Rows = { readonly ids: readonly string[]; readonly offset?: number; readonly total?: number };
export type List = {
  readonly state: ListState;
  readonly cursor: string | undefined;
  readonly act: (action: ListAction) => void;
  /** Moving about, for `useKeys`. */
  readonly moves: Actions;
  /** Marking, for screens with bulk actions. */
  readonly marking: Actions;
};

const shown = (state: ListState, rows: Rows, height: number): ListState =>
  listReducer(listReducer(state, { type: 'height', height }), { type: 'rows', ...rows });

/** A list that follows its rows: what is drawn is worked out from the newest rows, never kept beside them. `first` is where the cursor begins. */
export function useList(rows: Rows, height: number, first?: string): List {
  const { entry } = useDesk();
  const [kept, setKept] = useState<ListState>(() =>
    listAt({ cursor: textOf(entry.memory.cursor) ?? first, marks: listOf(entry.memory.marks) }),
  );
  const { ids, offset, total } = rows;
  const state = useMemo(() => shown(kept, { ids, offset, total }, height), [kept, ids, offset, total, height]);
  const newest = useRef({ rows, height });
  newest.current = { rows, height };
  return useMemo(() => {
    const act = (action: ListAction): void =>
      setKept((before) => listReducer(shown(before, newest.current.rows, newest.current.height), action));
    return {
      state,
      cursor: cursorId(state),
      act,
      moves: {
        up: () => act({ type: 'move', by: -1 }),
        down: () => act({ type: 'move', by: 1 }),
        'page-up': () => act({ type: 'page', by: -1 }),
        'page-down': () => act({ type: 'page', by: 1 }),
        top: () => act({ type: 'top' }),
        bottom: () => act({ type: 'bottom' }),
      },
      marking: {
        mark: () => act({ type: 'mark' }),
        'mark-range': () => act({ type: 'mark-range' }),
        'mark-all': () => act({ type: 'mark-all' }),
      },
    };
  }, [state]);
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
