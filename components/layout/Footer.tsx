import { Text } from 'ink';
import { useSyncExternalStore } from 'react';
import { footerHints } from '../../src/views/layout/footer-hints.ts';
import { useApp } from '../context/app-context.ts';

/** The keys that work now, the most useful first, as many as fit. */
export function Footer({ columns }: { readonly columns: number }) {
  const { keys, words, theme } = useApp();
  const activeBindings = useSyncExternalStore(keys.subscribe, keys.activeBindings);
  return (
    <Text wrap="truncate">
      {footerHints(activeBindings, { words, ascii: theme.ascii, columns }).map((hint) => (
        <Text key={hint.key}>
          {' '}
          <Text {...theme.look('accent')}>{hint.key}</Text> <Text {...theme.look('quiet')}>{hint.label}</Text>{' '}
        </Text>
      ))}
    </Text>
  );
}
