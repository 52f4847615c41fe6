import { Box, Text } from 'ink';
import { cut } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';

/** Lines of a sentence that holds what was asked for: a pasted text may be longer than the screen. */
const maxLines = 2;

/** What stands where rows would be: why there are none, and what to press. */
export function EmptyState({ said, todo }: { readonly said: string; readonly todo?: string }) {
  const { theme, viewport } = useApp();
  return (
    <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
      <Text {...theme.look('strong')}>{theme.plain(cut(said, maxLines * (viewport.columns - 6)))}</Text>
      {todo === undefined ? undefined : <Text {...theme.look('quiet')}>{theme.plain(todo)}</Text>}
    </Box>
  );
}
