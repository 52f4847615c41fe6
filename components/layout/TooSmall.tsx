import { Text } from 'ink';
import { useApp } from '../context/app-context.ts';
import { useKeys } from '../keyboard/use-keys.ts';

type TooSmallProps = { readonly need: string; readonly have: string };

const stillWorks = new Set(['ctrl-c', 'ctrl-z', 'ctrl-l']);

/** Stands instead of the screen in a window that cannot show it. No key reaches what is not seen. */
export function TooSmall({ need, have }: TooSmallProps) {
  const { words } = useApp();
  useKeys({
    level: 'window',
    exclusive: true,
    actions: {},
    handleKey: (key) => !(key.kind === 'key' && stillWorks.has(key.name)),
  });
  return <Text wrap="truncate">{words.screen.tooSmall(need, have)}</Text>;
}
