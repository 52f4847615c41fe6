import { Box } from 'ink';
import { useEffect } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import { shopDetail } from '../../src/views/shops/shop-columns.ts';
import { readable } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useShopBindings } from '../key-bindings/use-shop-bindings.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { RecentActs } from '../overview/RecentActs.tsx';
import { shops } from '../plain/shops-page.ts';
import { EmptyState } from '../widgets/EmptyState.tsx';
import { ErrorView } from '../widgets/ErrorView.tsx';
import { SyncProgressBars } from '../widgets/SyncProgressBars.tsx';
import { TextLines } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

/** From so many columns on what happened stands beside; what is known of the shop itself takes so many. */
const sideBySide = 160;
const ownWidth = 90;
/** One shop: its health, its readings, and what its platform cannot tell us. */
export function ShopCard({ shopId }: { readonly shopId: ShopId }) {
  const { services, words, formatFor, go, title, viewport, servers, jobs } = useApp();
  const query = useQuery(`shop ${shopId}`, async () =>
    (await services.shops.list()).find((one) => one.shop.id === shopId),
  );
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
  const lines = shopDetail(overview, formatFor(), Math.min(readable, viewport.columns - aside - 6), servers);
  const spare = jobs.running() ? 0 : viewport.rows - lines.length - 1;
  return (
    <Box>
      <Box flexDirection="column" paddingLeft={3} width={viewport.columns - aside} flexShrink={0}>
        <SyncProgressBars />
        <TextLines lines={lines} rows={viewport.rows} />
        {aside > 0 ? undefined : (
          <Box paddingTop={1}>
            <RecentActs shopId={shopId} width={viewport.columns - 6} rows={spare} />
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
