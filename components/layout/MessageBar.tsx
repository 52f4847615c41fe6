import { Spinner, StatusMessage } from '@inkjs/ui';
import { Box, Text } from 'ink';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { cut, widthOf } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { variantOf } from '../widgets/WidgetTheme.tsx';

/** Milliseconds that good news stay; bad news stay until something else is said or the messages were read. */
const stays = 8_000;

/** The newest thing that was said, on a line of its own so that it never covers a row. */
export function MessageBar({ columns }: { readonly columns: number }) {
  const { messages, theme, words, delays } = useApp();
  const latest = useSyncExternalStore(messages.subscribe, messages.latest);
  const unread = useSyncExternalStore(messages.subscribe, messages.unread);
  const progressText = useSyncExternalStore(messages.subscribe, messages.progressText);
  const [gone, setGone] = useState(0);
  useEffect(() => {
    if (latest === undefined || latest.tone === 'wrong') return undefined;
    return delays.after(stays, () => setGone(latest.id));
  }, [latest, delays]);
  // A hint that stood its time leaves the bad news beneath it where they were.
  const shown = [latest, messages.all()[0]].find(
    (one) => one !== undefined && (one.tone === 'wrong' ? unread > 0 : one.id > gone),
  );
  if (progressText !== undefined) {
    return (
      <Box paddingLeft={1} height={1}>
        <Spinner type={theme.ascii ? 'line' : 'dots'} />
        <Text wrap="truncate">
          {` ${theme.plain(progressText)}`}
          <Text {...theme.look('quiet')}>{`  ${words.screen.escapeStops}`}</Text>
        </Text>
      </Box>
    );
  }
  if (shown === undefined) return <Text {...theme.look('quiet')}>{theme.sign.rule.repeat(columns)}</Text>;
  const opens = shown.open !== undefined;
  const more = `  ! ${opens ? words.screen.inDetail : words.screen.inFull}`;
  const isCut = widthOf(shown.text) > columns - 4 - (opens ? widthOf(more) : 0);
  const text = isCut ? cut(shown.text, Math.max(8, columns - 4 - widthOf(more))) : shown.text;
  return (
    <Box paddingLeft={1} height={1}>
      <StatusMessage variant={variantOf(shown.tone)}>
        {theme.plain(text)}
        {isCut || opens ? <Text {...theme.look('quiet')}>{more}</Text> : undefined}
        {unread > 1 ? <Text {...theme.look('quiet')}>{`  ! ${words.screen.unread(String(unread))}`}</Text> : undefined}
      </StatusMessage>
    </Box>
  );
}
