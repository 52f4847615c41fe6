import { Text } from 'ink';
import { useSyncExternalStore } from 'react';
import { footHints } from '../../src/views/terminal/foot-hints.ts';
import { useDesk } from '../desk/use-desk.ts';

/** The keys that work now, the most useful first, as many as fit. */
export function FootLine({ columns }: { readonly columns: number }) {
  const { keys, words, theme } = useDesk();
  const working = useSyncExternalStore(keys.subscribe, keys.working);
  return (
    <Text wrap="truncate">
      {footHints(working, { words, ascii: theme.ascii, columns }).map((hint) => (
        <Text key={hint.key}>
          {' '}
          <Text {...theme.look('accent')}>{hint.key}</Text> <Text {...theme.look('quiet')}>{hint.label}</Text>{' '}
        </Text>
      ))}
    </Text>
  );
}
