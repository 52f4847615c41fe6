import { Box } from 'ink';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import type { LookupHit } from '../../src/services/lookup/lookup-service.ts';
import { number } from '../../src/views/format/numbers.ts';
import type { Hint } from '../../src/views/keyboard/keymap.ts';
import { chosenIds, lineOf } from '../../src/views/list/list-state.ts';
import { positionOf } from '../../src/views/list/position.ts';
import { askedWords, hitFooter, hitId, hitLines, lookupColumns } from '../../src/views/lookup/lookup-lines.ts';
import { pastedList } from '../../src/views/lookup/pasted-list.ts';
import { useBulkActions } from '../actions/use-bulk-actions.ts';
import { useApp } from '../context/app-context.ts';
import { openProduct } from '../context/open-product.ts';
import { useQuery } from '../context/use-query.ts';
import { useProductBindings } from '../key-bindings/use-product-bindings.ts';
import { onOwnScreenKey } from '../keyboard/own-screen-key.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useDetailProduct } from '../list/use-detail-product.ts';
import { useFilter } from '../list/use-filter.ts';
import { useList } from '../list/use-list.ts';
import { useResetMarks } from '../list/use-reset-marks.ts';
import { Overview } from '../overview/Overview.tsx';
import { search as searchPage } from '../plain/search-page.ts';
import { DetailPane, detailLines, detailWidth } from '../widgets/DetailPane.tsx';
import { EmptyState } from '../widgets/EmptyState.tsx';
import { ErrorView } from '../widgets/ErrorView.tsx';
import { FilterBar } from '../widgets/FilterBar.tsx';
import { Table } from '../widgets/Table.tsx';
import { TextLine } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

const maxRows = 200;
const none: readonly LookupHit[] = [];

const searchHints: readonly Hint[] = [
  { key: 'enter', does: 'search' },
  { key: 'down', does: 'choose-row' },
  { key: 'escape', does: 'let-go' },
];

type LookupProps = {
  readonly text?: string;
  /** The field is open: somebody wants to type. */
  readonly open?: boolean;
};

/** Finds a product by whatever was typed, pasted or scanned, and says what matched. Empty, it shows what needs doing today. */
export function ProductLookup({ text, open }: LookupProps) {
  const app = useApp();
  const { services, words, viewport, saveState, formatFor, go, entry } = app;
  const search = useFilter({
    start: text,
    open: open === true && entry.memory.filter === undefined,
    onKey: (name) => {
      if (name === 'down') list.dispatch({ type: 'move', by: 1 });
      else if (name === 'up') list.dispatch({ type: 'move', by: -1 });
      return name === 'down' || name === 'up';
    },
    onEnter: (text) => {
      // Typed faster than the answer came: what stands there still answers an older text.
      const typed = text.trim();
      if (typed !== '' && query.value?.asked !== typed) openProduct(app, typed);
      else if (hits.length === 1 && !isMeant) openHit(hits[0]);
    },
    onScan: (code) => openProduct(app, code),
    onPaste: (pasted) => {
      const list = pastedList(pasted);
      if (list !== undefined) go({ screen: 'products', asked: list, about: 'pasted' });
      return list !== undefined;
    },
    hints: searchHints,
  });
  const asked = search.text.trim();
  const query = useQuery(`look up ${asked}`, async () =>
    asked === '' ? undefined : services.lookup.search(asked, maxRows),
  );
  const answer = asked === '' ? undefined : query.value;
  // What may have been meant is shown to be chosen: nothing opens it by itself.
  const isMeant = answer !== undefined && answer.hits.length === 0 && answer.near.length > 0;
  const hits = (isMeant ? answer.near : answer?.hits) ?? none;
  const ids = useMemo(() => hits.map(hitId), [hits]);
  const side = detailWidth(viewport.columns);
  const beneath = side > 0 ? 0 : 1;
  const list = useList({ ids }, Math.max(1, viewport.rows - 2 - beneath - (isMeant ? 3 : 0)));
  const hit = hits.find((one) => hitId(one) === list.cursor);
  const columns = useMemo(() => lookupColumns(words), [words]);
  const highlight = useMemo(() => askedWords(asked), [asked]);
  const productKeys = useProductBindings()(hit?.product);
  const { state } = list;
  const bulk = useBulkActions();
  useResetMarks(asked, list.dispatch);
  const answered = useRef(asked);
  const answersTo = asked === '' ? '' : query.value?.asked;
  useLayoutEffect(() => {
    if (answersTo === undefined || answersTo === answered.current) return;
    answered.current = answersTo;
    // Another text has another best answer: who typed on did not choose the row that the cursor was on.
    list.dispatch({ type: 'top' });
  });
  const bulkMarked = (): void => {
    const chosen = new Set(chosenIds(state));
    bulk(
      hits.flatMap((one) => (one.product !== undefined && chosen.has(hitId(one)) ? [one.product] : [])),
      () => list.dispatch({ type: 'set-marks', ids: [] }),
    );
  };

  const pane = useDetailProduct(side === 0 ? undefined : hit?.product?.id);
  const own = side === 0 || hit === undefined ? [] : hitLines(hit, formatFor(), side - 4);

  const openHit = (one: LookupHit | undefined): void => {
    if (one?.product !== undefined) go({ screen: 'product', productId: one.product.id });
    else if (one?.listing !== undefined) go({ screen: 'shop-id', text: one.listing.ref.shopProductId });
  };
  useEffect(() => {
    // The first page remembers its own row.
    if (asked !== '')
      saveState({ cursor: list.cursor, line: lineOf(state), marks: [...state.marks], filter: search.text });
  });
  useKeys({
    level: 'screen',
    actions: {
      ...(hits.length === 0
        ? {}
        : { ...list.moves, ...list.marking, open: () => openHit(hit), bulk: bulkMarked, ...productKeys }),
      find: search.anew,
      ...(asked === '' ? {} : { back: search.clear }),
    },
    handleKey: onOwnScreenKey(app, search.anew),
  });

  const found = isMeant ? '' : `${positionOf(state, words)}${query.value?.more === true ? '+' : ''}`;
  const marked = state.marks.size === 0 ? '' : `${words.screen.marked(number(state.marks.size, words), '')} · `;
  // Rows of an older text keep their count until the answer to this one is there; a nought without it would be false.
  const isOnItsWay = hits.length === 0 && answersTo !== asked;
  const count = asked === '' ? '' : isOnItsWay ? words.screen.reading : `${marked}${found}`;
  const width = viewport.columns - (hits.length > 0 ? side : 0);
  if (query.error !== undefined && query.value === undefined) return <ErrorView error={query.error} />;
  return (
    <Box width="100%">
      <Box flexDirection="column" width={width} flexShrink={0}>
        <FilterBar
          head={[{ text: words.screen.lookupHint, tone: 'quiet' }]}
          label={words.screen.find}
          filter={search}
          count={count}
          width={width}
        />
        {asked !== '' && !query.loading && (isMeant || hits.length === 0) ? (
          <EmptyState
            said={words.screen.foundNothing(asked)}
            todo={isMeant ? words.screen.perhapsMeant : words.screen.foundNothingTodo}
          />
        ) : undefined}
        {hits.length > 0 ? (
          <Table
            columns={columns}
            rows={hits}
            list={state}
            onMove={list.move}
            width={width - 1}
            queryKey={asked}
            highlight={highlight}
          />
        ) : undefined}
        {beneath === 0 || hit === undefined ? undefined : (
          <Box paddingLeft={3} marginTop={Math.max(0, state.height - state.total + state.top)}>
            <TextLine pieces={hitFooter(hit, words, highlight)} />
          </Box>
        )}
        {asked === '' ? <Overview rows={viewport.rows - 1} /> : undefined}
      </Box>
      {side === 0 || hits.length === 0 ? undefined : (
        <DetailPane
          width={side}
          rows={viewport.rows}
          lines={detailLines(own, pane, formatFor, { width: side - 4, rows: viewport.rows })}
        />
      )}
    </Box>
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    lookup: LookupProps;
  }
}

/** The screen `lookup`. */
export const lookupScreen = defineScreen({
  route: 'lookup',
  key: '1',
  command: 'find',
  component: ProductLookup,
  plain: {
    label: ({ screen }) => screen.plain.search,
    page: (context, { text }) => searchPage(context, text === '' ? undefined : text),
  },
});
