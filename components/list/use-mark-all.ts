import { useEffect, useState } from 'react';
import type { ListAction } from '../../src/views/list/list-state.ts';

/** Marks all rows, or none. Where only a window of them is loaded, the rest is brought first: all means all. */
export function useMarkAll(
  dispatch: (action: ListAction) => void,
  loadedAll: boolean,
  loadRest: () => void,
): () => void {
  const [pending, setPending] = useState(false);
  useEffect(() => {
    if (!pending || !loadedAll) return;
    setPending(false);
    dispatch({ type: 'mark-all' });
  }, [pending, loadedAll, dispatch]);
  return () => {
    if (loadedAll) return dispatch({ type: 'mark-all' });
    setPending(true);
    loadRest();
  };
}
