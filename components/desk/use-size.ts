import { useWindowSize } from 'ink';
import { type Size, sensibleSize } from '../terminal/window-size.ts';

/** The window. */
export function useSize(): Size {
  const { columns, rows } = useWindowSize();
  return sensibleSize({ columns, rows });
}
