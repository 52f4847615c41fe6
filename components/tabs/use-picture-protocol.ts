import { useEffect, useSyncExternalStore } from 'react';
import type { PictureProtocol } from '../../src/views/terminal/picture.ts';
import { useApp } from '../context/app-context.ts';

const never = (): (() => void) => () => undefined;

/** How the terminal draws pictures; it is asked where its name does not say. Absent where it cannot. */
export function usePictureProtocol(): PictureProtocol | undefined {
  const { host } = useApp();
  const { pictures } = host;
  useEffect(() => pictures?.ask(), [pictures]);
  return useSyncExternalStore(pictures?.subscribe ?? never, () => pictures?.protocol());
}
