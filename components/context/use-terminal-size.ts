import { useWindowSize } from 'ink';
import { normalizeSize, type Size } from '../terminal/window-size.ts';

/** The window. */
export function useTerminalSize(): Size {
  const { columns, rows } = useWindowSize();
  return normalizeSize({ columns, rows });
}
