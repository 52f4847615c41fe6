import { Text } from 'ink';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useDesk } from '../desk/use-desk.ts';

/** Milliseconds that good news stay; bad news stay until something else is said or the messages were read. */
const stays = 8_000;

/** The newest thing that was said, on a line of its own so that it never covers a row. */
export function MessageLine({ columns }: { readonly columns: number }) {
  const { messages, theme, words } = useDesk();
  const newest = useSyncExternalStore(messages.subscribe, () => messages.all()[0]);
  const unread = useSyncExternalStore(messages.subscribe, messages.unread);
  const underWay = useSyncExternalStore(messages.subscribe, messages.underWay);
  const [gone, setGone] = useState(0);
  useEffect(() => {
    if (newest === undefined || newest.tone === 'wrong') return undefined;
    const timer = setTimeout(() => setGone(newest.id), stays);
    return () => clearTimeout(timer);
  }, [newest]);
  const shown =
    newest !== undefined && newest.id > gone && (newest.tone !== 'wrong' || unread > 0) ? newest : undefined;
  if (underWay !== undefined) {
    return (
      <Text wrap="truncate">
        {' '}
        <Text {...theme.look('accent')}>{theme.plain('◐')}</Text> {theme.plain(underWay)}
        <Text {...theme.look('quiet')}>{`  ${words.screen.escStops}`}</Text>
      </Text>
    );
  }
  if (shown === undefined) return <Text {...theme.look('quiet')}>{theme.sign.rule.repeat(columns)}</Text>;
  const sign = { good: '✓', waiting: '◐', wrong: '✗', quiet: '·', strong: '·', accent: '·' }[shown.tone];
  return (
    <Text wrap="truncate">
      {' '}
      <Text {...theme.look(shown.tone)}>{theme.plain(sign)}</Text> {theme.plain(shown.text)}
      {unread > 1 ? <Text {...theme.look('quiet')}>{`  ! ${words.screen.unread(String(unread))}`}</Text> : undefined}
    </Text>
  );
}
