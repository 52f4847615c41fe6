import { useEffect, useRef } from 'react';
import type { ListAction } from '../../src/views/input/list-state.ts';

/** Takes the marks away when the list becomes another one: what was marked in one shop is not meant for the next. */
export function useFreshMarks(list: string | undefined, act: (action: ListAction) => void): void {
  const before = useRef(list);
  useEffect(() => {
    if (before.current === list) return;
    before.current = list;
    act({ type: 'set-marks', ids: [] });
  }, [list, act]);
}
