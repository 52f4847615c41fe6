import { Box } from 'ink';
import { useEffect, useSyncExternalStore } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import { missingLines } from '../../src/views/shops/missing-lines.ts';
import { shopDetail } from '../../src/views/shops/shop-detail.ts';
import { readable } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useShopBindings } from '../key-bindings/use-shop-bindings.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useScroll } from '../list/use-scroll.ts';
import { RecentActs } from '../overview/RecentActs.tsx';
import { shops } from '../plain/shops-page.ts';
import { ofShopList } from '../runtime/store-changes.ts';
import { EmptyState } from '../widgets/EmptyState.tsx';
import { ErrorView } from '../widgets/ErrorView.tsx';
import { ScrolledLines } from '../widgets/ScrolledLines.tsx';
import { SyncProgressBars } from '../widgets/SyncProgressBars.tsx';
import type { TextLineProps } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

/** From so many columns on what happened stands beside; what is known of the shop itself takes so many. */
const sideBySide = 160;
const ownWidth = 90;
/** Missing links that are looked at for the rows beneath. */
const maxMissing = 60;

type ShopLinesProps = {
  readonly lines: readonly TextLineProps['pieces'][];
  readonly rows: number;
  readonly shopId: ShopId;
};

/** What is known of the shop, read through with the arrows where not all of it fits. */
function ShopLines({ lines, rows, shopId }: ShopLinesProps) {
  const scroll = useScroll(lines.length, rows, shopId);
  useKeys({ level: 'screen', actions: { ...scroll.lines, ...scroll.pages } });
  return <ScrolledLines lines={lines} scroll={scroll} />;
}

/** One shop: its health, its readings, and what its platform cannot tell us. */
export function ShopCard({ shopId }: { readonly shopId: ShopId }) {
  const { services, words, formatFor, go, title, viewport, servers, jobs } = useApp();
  const query = useQuery(`shop ${shopId}`, async () =>
    (await services.shops.list()).find((one) => one.shop.id === shopId),
  );
  const lines = useQuery(
    `places ${shopId}`,
    () => services.integrations.list(shopId, { filter: 'missing', offset: 0, limit: maxMissing }),
    ofShopList(shopId),
  );
  const bars = useSyncExternalStore(jobs.subscribe, () => jobs.progress().length);
  const overview = query.value;
  const name = overview?.shop.name;
  const keys = useShopBindings();
  useEffect(() => {
    if (name !== undefined) title(name);
  }, [name, title]);
  useKeys({
    level: 'screen',
    actions: {
      ...keys(overview, overview === undefined ? [] : [overview.shop]),
      ...(overview === undefined
        ? {}
        : {
            open: () => go({ screen: 'integrations', shopId }),
            timeline: () => go({ screen: 'activity', shopId }),
          }),
    },
  });
  if (query.error !== undefined && overview === undefined) return <ErrorView error={query.error} />;
  if (overview === undefined) return query.loading ? undefined : <EmptyState said={words.screen.shopGone} />;
  const aside = viewport.columns < sideBySide ? 0 : viewport.columns - ownWidth;
  const own = viewport.columns - aside - 6;
  const format = formatFor();
  const detail = shopDetail(overview, format, Math.min(readable, own), { servers, places: lines.value?.counts });
  const spare = jobs.running() ? 0 : viewport.rows - detail.length - 1;
  const missing =
    lines.value === undefined
      ? []
      : missingLines(lines.value, format, { width: own, rows: aside > 0 ? spare : Math.floor(spare / 2) });
  return (
    <Box>
      <Box flexDirection="column" paddingLeft={3} width={viewport.columns - aside} flexShrink={0}>
        <SyncProgressBars />
        <ShopLines
          lines={missing.length === 0 ? detail : [...detail, '', ...missing]}
          rows={Math.max(1, viewport.rows - bars)}
          shopId={shopId}
        />
        {aside > 0 || spare <= 0 ? undefined : (
          <Box paddingTop={1}>
            <RecentActs shopId={shopId} width={own} rows={missing.length === 0 ? spare : spare - missing.length - 1} />
          </Box>
        )}
      </Box>
      {aside === 0 ? undefined : <RecentActs shopId={shopId} width={aside - 1} rows={viewport.rows} />}
    </Box>
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    shop: { readonly shopId: ShopId };
  }
}

/** The screen `shop`. */
export const shopScreen = defineScreen({
  route: 'shop',
  component: ShopCard,
  plain: { page: shops },
});
