import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { clockTime } from '../../src/views/format/times.ts';
import type { FilterFieldId } from '../../src/views/list/filter-conditions.ts';
import type { Column } from '../../src/views/list/table.ts';
import { wrap } from '../../src/views/text/cell-text.ts';
import { useCopy } from '../actions/use-copy.ts';
import { useApp } from '../context/app-context.ts';
import type { Message } from '../runtime/messages.ts';
import { ListView } from '../widgets/ListView.tsx';
import { defineScreen } from './define-screen.ts';

const fields: readonly FilterFieldId[] = [];
const answered = { loading: false, value: true, refetch: () => undefined };

/** Everything that was said to the person since the program was opened, newest first. */
export function Messages() {
  const { messages, words, timeZone, openDialog, viewport } = useApp();
  const all = useSyncExternalStore(messages.subscribe, messages.all);
  const copy = useCopy();
  useEffect(() => messages.read(), [messages]);
  const columns = useMemo(
    (): readonly Column<Message>[] => [
      {
        id: 'time',
        title: words.screen.column.time,
        rank: 2,
        min: 8,
        max: 8,
        text: (one) => clockTime(one.at, timeZone),
        tone: () => 'quiet',
      },
      {
        id: 'text',
        title: words.screen.column.message,
        rank: 1,
        min: 20,
        text: (one) => `${one.tone === 'wrong' ? '✗ ' : ''}${one.text}`,
        tone: (one) => (one.tone === 'wrong' ? 'wrong' : undefined),
      },
    ],
    [words, timeZone],
  );
  const openInFull = (one: Message): void =>
    openDialog({
      kind: 'note',
      title: `${words.screen.theMessage} ${clockTime(one.at, timeZone)}`,
      lines: wrap(one.text, viewport.columns - 8).map((text) => ({ text })),
    });
  return (
    <ListView
      query={answered}
      rows={all}
      idOf={(one) => String(one.id)}
      columns={columns}
      filterable={(one) => ({ words: one.text, fields: {} })}
      fields={fields}
      head={[{ text: words.screen.messagesHead, tone: 'quiet' }]}
      empty={{ said: words.screen.noMessages }}
      detail={(one, width) => wrap(one.text, width)}
      actions={(one) =>
        one === undefined
          ? {}
          : { copy: () => copy(one.text, words.screen.theMessage), open: () => (one.open ?? (() => openInFull(one)))() }
      }
    />
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    messages: object;
  }
}

/** The screen `messages`. */
export const messagesScreen = defineScreen({
  route: 'messages',
  command: 'messages',
  component: Messages,
});
