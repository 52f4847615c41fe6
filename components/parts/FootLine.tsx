import { Text } from 'ink';
import { useSyncExternalStore } from 'react';
import { widthOf } from '../../src/views/columns.ts';
import { footActions, keyInText, keyOfAction, shownKey } from '../../src/views/input/keymap.ts';
import { useDesk } from '../desk/use-desk.ts';

/** The keys that work now, the most useful first, as many as fit. */
export function FootLine({ columns }: { readonly columns: number }) {
  const { keys, words, theme } = useDesk();
  const working = useSyncExternalStore(keys.subscribe, keys.working);
  const own = working.hints.map((hint) => ({
    key: shownKey(hint.key, theme.ascii),
    label: words.screen.hint[hint.does],
  }));
  const typing = own.length > 0;
  const others = footActions(working.actions).flatMap((id) => {
    const key = typing ? keyInText(id, theme.ascii) : keyOfAction(id, theme.ascii);
    return key === undefined ? [] : [{ key, label: words.screen.action[id] }];
  });
  const hints = [...own, ...others];
  const kept: typeof hints = [];
  // Help stays, whatever else has to go.
  const last = hints.at(-1);
  let used = last === undefined ? 0 : widthOf(last.key) + widthOf(last.label) + 3;
  for (const hint of hints.slice(0, -1)) {
    const wide = widthOf(hint.key) + widthOf(hint.label) + 3;
    if (used + wide > columns) break;
    kept.push(hint);
    used += wide;
  }
  if (last !== undefined) kept.push(last);
  return (
    <Text wrap="truncate">
      {kept.map((hint) => (
        <Text key={hint.key}>
          {' '}
          <Text {...theme.look('accent')}>{hint.key}</Text> <Text {...theme.look('quiet')}>{hint.label}</Text>{' '}
        </Text>
      ))}
    </Text>
  );
}
