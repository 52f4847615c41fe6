import { Box, Text } from 'ink';
import { useEffect, useMemo } from 'react';
import { number } from '../../src/views/format/numbers.ts';
import { type FirstPage, firstPage, firstPageLayout, nothingLine } from '../../src/views/overview/first-page.ts';
import { previewLines } from '../../src/views/overview/preview-lines.ts';
import { useApp } from '../context/app-context.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useList } from '../list/use-list.ts';
import { EmptyState } from '../widgets/EmptyState.tsx';
import { ErrorView } from '../widgets/ErrorView.tsx';
import { TextLines } from '../widgets/TextLine.tsx';
import { OverviewRows, OverviewTitle } from './OverviewRows.tsx';
import { useOverview } from './use-overview.ts';
import { usePreview } from './use-preview.ts';

const nothing: FirstPage = { shopTitles: '', shops: [], recent: [] };

/** What stands before the first search: what needs a person today, how the shops are, what happened last. */
export function Overview({ rows }: { readonly rows: number }) {
  const { shops, servers, words, formatFor, viewport, go, saveState, keys } = useApp();
  const { counts, events, attention, named, error } = useOverview();
  const layout = useMemo(() => firstPageLayout(viewport.columns, rows), [viewport.columns, rows]);
  const page = useMemo(
    () =>
      counts === undefined
        ? nothing
        : firstPage(
            { conflicts: counts.conflicts, events, shops, attention, servers, isNamed: named > 0 },
            formatFor(),
            layout,
          ),
    [counts, events, shops, attention, servers, formatFor, layout, named],
  );
  const all = useMemo(() => [...(page.attention ?? []), ...page.shops, ...page.recent], [page]);
  // Nothing is chosen before all rows are there: none may slip under the cursor.
  const ready = page.attention !== undefined;
  const ids = useMemo(() => (ready ? all.map(({ id }) => id) : []), [all, ready]);
  const list = useList({ ids }, Math.max(1, ids.length));
  const here = all.find(({ id }) => id === list.cursor);
  const route = here?.route;
  const facts = usePreview(layout.preview > 0 ? here : undefined);
  useEffect(() => saveState({ cursor: list.cursor, filter: '' }));
  useKeys({
    level: 'screen',
    actions: { ...list.moves, open: route === undefined ? undefined : () => go(route) },
  });
  const onRow = (id: string): void => {
    if (id === list.cursor) keys.press({ kind: 'key', name: 'enter' });
    else list.dispatch({ type: 'to', id });
  };
  if (error !== undefined) return <ErrorView error={error} />;
  if (counts === undefined) return <EmptyState said={words.screen.reading} />;
  if (shops.length === 0 && counts.shops.length === 0) {
    return <EmptyState said={words.screen.noShopsYet} todo={words.screen.noShopsYetTodo} />;
  }
  const holds = `${words.domain.products(number(counts.products, words))} · ${words.domain.integrations(number(counts.integrations, words))}`;
  const attentionRows = Math.max(1, page.attention?.length ?? 1);
  const previewRows = layout.columns === 2 ? rows - attentionRows - 4 : attentionRows + 1;
  const needs = (
    <Box flexDirection="column" width={layout.attention + 4} flexShrink={0}>
      <OverviewTitle text={words.screen.needsAttention} />
      <OverviewRows
        rows={page.attention ?? []}
        cursor={list.cursor}
        width={layout.attention}
        onRow={onRow}
        empty={ready ? nothingLine(shops, words) : words.screen.reading}
      />
    </Box>
  );
  const preview =
    here === undefined || layout.preview === 0 ? undefined : (
      <Box flexDirection="column" width={layout.preview} flexShrink={0} height={previewRows} overflow="hidden">
        <TextLines
          lines={previewLines(here, facts, formatFor(), { width: layout.preview - 1, rows: previewRows, servers })}
          rows={previewRows}
        />
      </Box>
    );
  const rest = (
    <>
      <OverviewTitle text={words.screen.title.shops} note={holds} />
      <OverviewTitle note={page.shopTitles} />
      <OverviewRows rows={page.shops} cursor={list.cursor} width={layout.shops} onRow={onRow} />
      {page.recent.length === 0 ? undefined : (
        <>
          <Text> </Text>
          <OverviewTitle text={words.screen.recentEvents} />
          <OverviewRows rows={page.recent} cursor={list.cursor} width={layout.recent} onRow={onRow} />
        </>
      )}
    </>
  );
  if (layout.columns === 2) {
    return (
      <Box paddingTop={1} flexShrink={0}>
        <Box flexDirection="column" width={layout.attention + 4} flexShrink={0}>
          {needs}
          <Box paddingLeft={3} paddingTop={1}>
            {preview}
          </Box>
        </Box>
        <Box flexDirection="column" flexShrink={1}>
          {rest}
        </Box>
      </Box>
    );
  }
  return (
    <Box flexDirection="column" paddingTop={1} flexShrink={0}>
      <Box flexShrink={0}>
        {needs}
        {preview}
      </Box>
      <Text> </Text>
      {rest}
    </Box>
  );
}
