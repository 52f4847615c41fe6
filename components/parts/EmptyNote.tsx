import { Box, Text } from 'ink';
import { useDesk } from '../desk/use-desk.ts';

/** What stands where rows would be: why there are none, and what to press. */
export function EmptyNote({ said, todo }: { readonly said: string; readonly todo?: string }) {
  const { theme } = useDesk();
  return (
    <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
      <Text {...theme.look('strong')}>{theme.plain(said)}</Text>
      {todo === undefined ? undefined : <Text {...theme.look('quiet')}>{theme.plain(todo)}</Text>}
    </Box>
  );
}
