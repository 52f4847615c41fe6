import type { Key } from '../../src/views/keyboard/key-tokens.ts';
import type { AppContext } from '../context/app-context.ts';

/** Takes the digit of the screen one is on already, and does this instead of jumping there. */
export const onOwnScreenKey =
  ({ screens, entry }: Pick<AppContext, 'screens' | 'entry'>, run: () => void) =>
  (key: Key): boolean => {
    const own = screens.find(({ route }) => route === entry.route.screen)?.key;
    if (key.kind !== 'key' || key.name !== own) return false;
    run();
    return true;
  };
