import { useEffect, useState } from 'react';
import type { ListAction } from '../../src/views/input/list-state.ts';

/** Marks all rows, or none. Where only a window of them is loaded, the rest is brought first: all means all. */
export function useMarkAll(act: (action: ListAction) => void, loadedAll: boolean, bring: () => void): () => void {
  const [due, setDue] = useState(false);
  useEffect(() => {
    if (!due || !loadedAll) return;
    setDue(false);
    act({ type: 'mark-all' });
  }, [due, loadedAll, act]);
  return () => {
    if (loadedAll) return act({ type: 'mark-all' });
    setDue(true);
    bring();
  };
}
