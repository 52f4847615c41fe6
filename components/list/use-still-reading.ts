import { type ActionId, actionForKey, groupOf } from '../../src/views/keyboard/keymap.ts';
import { useApp } from '../context/app-context.ts';
import { useKeys } from '../keyboard/use-keys.ts';

/** Keys that are about a row, before there are rows. */
const aboutRows = (id: ActionId): boolean =>
  ['rows', 'act'].includes(groupOf(id) ?? '') || ['open', 'why', 'timeline', 'holder'].includes(id);

/** While a list or a card is read, a key that is about its rows says so: it is not pressed on what comes later. */
export function useStillReading(reading: boolean): void {
  const { notify, words } = useApp();
  useKeys(
    reading
      ? {
          level: 'screen',
          actions: {},
          handleKey: (key) => {
            const id = key.kind === 'key' ? actionForKey(key.name) : undefined;
            if (id === undefined || id === 'undo' || id === 'undo-earlier' || !aboutRows(id)) return false;
            notify(words.screen.stillReading, 'quiet');
            return true;
          },
        }
      : undefined,
  );
}
