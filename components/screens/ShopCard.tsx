import { Box } from 'ink';
import { useEffect } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import { shopDetail } from '../../src/views/shops/shop-columns.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useShopBindings } from '../key-bindings/use-shop-bindings.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { shops } from '../plain/shops-page.ts';
import { EmptyState } from '../widgets/EmptyState.tsx';
import { ErrorView } from '../widgets/ErrorView.tsx';
import { SyncProgressBars } from '../widgets/SyncProgressBars.tsx';
import { TextLines } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

/** One shop: its health, its readings, and what its platform cannot tell us. */
export function ShopCard({ shopId }: { readonly shopId: ShopId }) {
  const { services, words, formatFor, go, title, viewport, servers } = useApp();
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
  return (
    <Box flexDirection="column" paddingLeft={3}>
      <SyncProgressBars />
      <TextLines
        lines={shopDetail(overview, formatFor(), Math.min(110, viewport.columns - 6), servers)}
        rows={viewport.rows}
      />
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
