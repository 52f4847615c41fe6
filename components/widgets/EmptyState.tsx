import { Box, Text } from 'ink';
import { useApp } from '../context/app-context.ts';

/** What stands where rows would be: why there are none, and what to press. */
export function EmptyState({ said, todo }: { readonly said: string; readonly todo?: string }) {
  const { theme } = useApp();
  return (
    <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
      <Text {...theme.look('strong')}>{theme.plain(said)}</Text>
      {todo === undefined ? undefined : <Text {...theme.look('quiet')}>{theme.plain(todo)}</Text>}
    </Box>
  );
}
