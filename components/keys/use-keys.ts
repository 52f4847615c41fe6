import { useLayoutEffect, useRef } from 'react';
import { useDesk } from '../desk/use-desk.ts';
import type { Layer } from '../terminal/key-desk.ts';

/** Listens to keys while this part is drawn. `undefined` listens to nothing. */
export function useKeys(layer: Layer | undefined): void {
  const { keys } = useDesk();
  const newest = useRef(layer);
  newest.current = layer;
  const shape =
    layer === undefined
      ? ''
      : `${layer.level} ${layer.alone ?? ''} ${Object.keys(layer.actions).join(' ')} ${JSON.stringify(layer.hints ?? [])}`;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the shape says when the foot line must look again
  useLayoutEffect(() => {
    const first = newest.current;
    if (first === undefined) return undefined;
    return keys.add(() => newest.current ?? first);
  }, [keys, shape]);
}
