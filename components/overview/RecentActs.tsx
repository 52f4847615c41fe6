import { Box } from 'ink';
import type { ShopId } from '../../src/domain/ids.ts';
import { recentRows } from '../../src/views/overview/recent-rows.ts';
import { useApp } from '../context/app-context.ts';
import { useProductNames } from '../context/use-product-names.ts';
import { useQuery } from '../context/use-query.ts';
import { ofTables } from '../runtime/store-changes.ts';
import { TextLine, TextLines } from '../widgets/TextLine.tsx';

/** Events that are looked through. */
const maxEvents = 300;
const none: readonly never[] = [];
/** Rows under a title that are worth one. */
const fewest = 3;

type RecentActsProps = { readonly shopId?: ShopId; readonly width: number; readonly rows: number };

/** What happened last, in one shop or in all of them, an act a line; nothing where there is no room. */
export function RecentActs({ shopId, width, rows }: RecentActsProps) {
  const { services, words, formatFor } = useApp();
  const query = useQuery(
    `recent ${shopId ?? ''}`,
    () => services.history.list({ limit: maxEvents, shopId }),
    ofTables('events'),
  );
  const events = query.value ?? none;
  const named = useProductNames(events);
  const acts =
    named === 0
      ? []
      : recentRows(events, formatFor(), width, { ofOneShop: shopId !== undefined }).slice(0, Math.max(0, rows - 1));
  if (acts.length === 0 || rows <= fewest) return undefined;
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      <TextLine pieces={words.screen.recentEvents} tone="strong" />
      <TextLines lines={acts.map(({ pieces }) => pieces)} />
    </Box>
  );
}
