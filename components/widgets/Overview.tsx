import { Box, Text } from 'ink';
import { useEffect, useMemo } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import type { InactiveReport } from '../../src/services/inactive/inactive-service.ts';
import type { IntegrationPage } from '../../src/services/integrations/integration-service.ts';
import type { Pattern } from '../../src/services/patterns/pattern-service.ts';
import type { Services } from '../../src/services/services.ts';
import { number } from '../../src/views/format/numbers.ts';
import { firstPageRows } from '../../src/views/overview/first-page.ts';
import type { FirstPageRow } from '../../src/views/overview/first-page-row.ts';
import { padRight } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useProductNames } from '../context/use-product-names.ts';
import { useQuery } from '../context/use-query.ts';
import { useClick } from '../keyboard/use-click.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useList } from '../list/use-list.ts';
import { EmptyState } from './EmptyState.tsx';
import { ErrorView } from './ErrorView.tsx';

/** Events that the two weeks of lost links are counted from. */
const maxEvents = 1_000;
/** More links than this are not counted one by one for a first page. */
const maxCounted = 50_000;
const maxInactive = 5_000;
/** From so many columns on, what happened last stands beside the rest. */
const sideBySide = 150;
const none: readonly never[] = [];

/** What stands before the first search: what needs a person today, how the shops are, what happened last. */
export function Overview({ rows }: { readonly rows: number }) {
  const { services, shops, words, formatFor, viewport, go, saveState, keys } = useApp();
  const summary = useQuery('overview', async () => {
    const [counts, events] = await Promise.all([services.counts(), services.history.list({ limit: maxEvents })]);
    return { counts, events };
  });
  // What has to be worked out over the whole warehouse is asked for when the rest stands on the screen.
  const loaded = summary.value !== undefined;
  const analysis = useQuery(`judged ${loaded} ${shops.length}`, async () => {
    if (summary.value === undefined) return undefined;
    const [report, patterns] = await Promise.all([
      services.inactive.list({ limit: maxInactive }),
      services.patterns.list(),
    ]);
    const counts = new Map<ShopId, IntegrationPage['counts']>();
    if (summary.value.counts.integrations <= maxCounted)
      for (const { shop } of shops)
        counts.set(shop.id, (await services.integrations.list(shop.id, { filter: 'all', offset: 0, limit: 1 })).counts);
    return { report, patterns, counts };
  });
  const judged = useLastKnown(services, analysis.value);
  const events = summary.value?.events ?? none;
  const named = useProductNames(events);
  const wide = viewport.columns >= sideBySide;
  const main = wide ? Math.floor(viewport.columns * 0.55) : viewport.columns;
  // biome-ignore lint/correctness/useExhaustiveDependencies: `named` says when a name came in
  const all = useMemo(
    () =>
      summary.value === undefined
        ? none
        : firstPageRows({ conflicts: summary.value.counts.conflicts, events, shops, ...judged }, formatFor(), {
            main: main - 4,
            recent: wide ? viewport.columns - main - 4 : main - 4,
            rows,
          }),
    [summary.value, judged, shops, formatFor, named, main, wide, viewport.columns, rows],
  );
  // Titles and blanks between the parts; what does not fit of the last is in Activity.
  const fixedCount = all.filter(({ section }) => section !== 'recent').length;
  const spare = Math.max(0, wide ? rows - 2 : rows - fixedCount - 6);
  const shown = useMemo(() => all.slice(0, fixedCount + spare), [all, fixedCount, spare]);
  // Nothing is chosen before all rows are there: none may slip under the cursor.
  const ready = judged !== undefined;
  const ids = useMemo(() => (ready ? shown.map(({ id }) => id) : []), [shown, ready]);
  const list = useList({ ids }, Math.max(1, ids.length));
  const here = shown.find(({ id }) => id === list.cursor);
  const route = here?.route;
  useEffect(() => saveState({ cursor: list.cursor, filter: '' }));
  useKeys({
    level: 'screen',
    actions: { ...list.moves, open: route === undefined ? undefined : () => go(route) },
  });
  const onRow = (id: string): void => {
    if (id === list.cursor) keys.press({ kind: 'key', name: 'enter' });
    else list.dispatch({ type: 'to', id });
  };
  const error = summary.error ?? analysis.error;
  if (error !== undefined) return <ErrorView error={error} />;
  if (summary.value === undefined) return <EmptyState said={words.screen.reading} />;
  if (shops.length === 0 && summary.value.counts.shops.length === 0) {
    return <EmptyState said={words.screen.noShopsYet} todo={words.screen.noShopsYetTodo} />;
  }
  const { counts } = summary.value;
  const part = (section: FirstPageRow['section']): readonly FirstPageRow[] =>
    shown.filter((one) => one.section === section);
  const attention = part('attention');
  const holds = `${words.domain.products(number(counts.products, words))} · ${words.domain.integrations(number(counts.integrations, words))}`;
  return (
    <Box paddingTop={1}>
      <Box flexDirection="column" width={main} flexShrink={0}>
        <Title text={words.screen.needsAttention} />
        {attention.length === 0 ? (
          <Quiet text={judged === undefined ? words.screen.reading : words.screen.nothingNeeds} />
        ) : undefined}
        <Rows rows={attention} cursor={list.cursor} width={main - 4} onRow={onRow} />
        <Text> </Text>
        <Title text={words.screen.title.shops} note={holds} />
        <Rows rows={part('shops')} cursor={list.cursor} width={main - 4} onRow={onRow} />
        {wide || spare < 1 ? undefined : (
          <>
            <Text> </Text>
            <Title text={words.screen.recentEvents} />
            <Rows rows={part('recent')} cursor={list.cursor} width={main - 4} onRow={onRow} />
          </>
        )}
      </Box>
      {wide ? (
        <Box flexDirection="column" flexShrink={1}>
          <Title text={words.screen.recentEvents} />
          <Rows rows={part('recent')} cursor={list.cursor} width={viewport.columns - main - 4} onRow={onRow} />
        </Box>
      ) : undefined}
    </Box>
  );
}

/** What the warehouse came to when it was last looked at: one who comes back finds the page as it was, until it is known anew. */
type Judged = {
  readonly report: InactiveReport;
  readonly patterns: readonly Pattern[];
  readonly counts: ReadonlyMap<ShopId, IntegrationPage['counts']>;
};
const known = new WeakMap<Services, Judged>();

function useLastKnown(services: Services, judged: Judged | undefined): Judged | undefined {
  useEffect(() => {
    if (judged !== undefined) known.set(services, judged);
  }, [services, judged]);
  return judged ?? known.get(services);
}

function Title({ text, note = '' }: { readonly text: string; readonly note?: string }) {
  const { theme } = useApp();
  return (
    <Text wrap="truncate">
      {'   '}
      <Text {...theme.look('strong')}>{text}</Text>
      <Text {...theme.look('quiet')}>{theme.plain(`  ${note}`)}</Text>
    </Text>
  );
}

function Quiet({ text }: { readonly text: string }) {
  const { theme } = useApp();
  return <Text wrap="truncate" {...theme.look('quiet')}>{`   ${theme.plain(text)}`}</Text>;
}

type RowsProps = {
  readonly rows: readonly FirstPageRow[];
  readonly cursor?: string;
  readonly width: number;
  /** Told which row was clicked. */
  readonly onRow: (id: string) => void;
};

function Rows({ rows, cursor, width, onRow }: RowsProps) {
  const { theme } = useApp();
  const click = useClick(({ row }) => {
    const clicked = rows[row];
    if (clicked !== undefined) onRow(clicked.id);
    return clicked !== undefined;
  });
  useKeys({ level: 'screen', actions: {}, handleClick: click.handleClick });
  const drawn = rows.map(({ id, pieces }) =>
    id === cursor ? (
      <Text key={id} wrap="truncate">
        <Text {...theme.look('accent')}>{theme.sign.cursor}</Text>
        {'  '}
        <Text {...theme.cursorRow}>{padRight(theme.plain(pieces.map(({ text }) => text).join('')), width)}</Text>
      </Text>
    ) : (
      <Text key={id} wrap="truncate">
        {'   '}
        {pieces.map((piece, index) => (
          <Text key={index} {...theme.look(piece.tone)}>
            {theme.plain(piece.text)}
          </Text>
        ))}
      </Text>
    ),
  );
  return (
    <Box flexDirection="column" ref={click.ref}>
      {drawn}
    </Box>
  );
}
