import { useEffect, useRef } from 'react';
import type { ListAction } from '../../src/views/list/list-state.ts';

/** Takes the marks away when the list becomes another one: what was marked in one shop is not meant for the next. */
export function useResetMarks(list: string | undefined, dispatch: (action: ListAction) => void): void {
  const before = useRef(list);
  useEffect(() => {
    if (before.current === list) return;
    before.current = list;
    dispatch({ type: 'set-marks', ids: [] });
  }, [list, dispatch]);
}
