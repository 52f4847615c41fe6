import { useLayoutEffect, useRef } from 'react';
import { useApp } from '../context/app-context.ts';
import { actionIdsOf, type KeyLayer } from '../terminal/key-dispatcher.ts';

/** Listens to keys while this part is drawn. `undefined` listens to nothing. */
export function useKeys(layer: KeyLayer | undefined): void {
  const { keys } = useApp();
  const latest = useRef(layer);
  latest.current = layer;
  const shape =
    layer === undefined
      ? ''
      : `${layer.level} ${layer.exclusive ?? ''} ${actionIdsOf(layer.actions).join(' ')} ${JSON.stringify([layer.hints, layer.labels])}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape says when the foot line must look again
  useLayoutEffect(() => {
    const first = latest.current;
    if (first === undefined) return undefined;
    return keys.add(() => latest.current ?? first);
  }, [keys, shape]);
}
