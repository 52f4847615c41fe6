import { Box } from 'ink';
import { useMemo, useSyncExternalStore } from 'react';
import type { ShopOverview } from '../../src/services/shops/shop-service.ts';
import type { FilterFieldId } from '../../src/views/list/filter-conditions.ts';
import { shopColumns, shopRowId } from '../../src/views/shops/shop-columns.ts';
import { shopDetail } from '../../src/views/shops/shop-detail.ts';
import { healthWord } from '../../src/views/shops/shop-lines.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useShopBindings } from '../key-bindings/use-shop-bindings.ts';
import { RecentActs } from '../overview/RecentActs.tsx';
import { useShopPlaces } from '../overview/use-shop-places.ts';
import { shops } from '../plain/shops-page.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';
import { ListView } from '../widgets/ListView.tsx';
import { SyncProgressBars } from '../widgets/SyncProgressBars.tsx';
import { defineScreen } from './define-screen.ts';

const none: readonly ShopOverview[] = [];
const fields: readonly FilterFieldId[] = ['platform', 'health'];

/** The shops: how each is, when it was last read to the end, and the readings that are on their way. */
export function Shops() {
  const { services, words, formatFor, go, jobs, servers } = useApp();
  const query = useQuery('shops', () => services.shops.list());
  const progress = useSyncExternalStore(jobs.subscribe, jobs.progress);
  const places = useShopPlaces();
  const columns = useMemo(() => shopColumns(formatFor(), places), [formatFor, places]);
  const keys = useShopBindings();
  const actions = (overview: ShopOverview | undefined, chosen: readonly ShopOverview[]): Actions => {
    const own = keys(
      overview,
      chosen.map((one) => one.shop),
    );
    return {
      ...own,
      bulk: () => own.sync?.(),
      // There is nowhere to go back to from here: Esc stops what is on its way, after asking.
      ...(jobs.running() ? { back: () => own.sync?.() } : {}),
      open: overview === undefined ? undefined : () => go({ screen: 'shop', shopId: overview.shop.id }),
    };
  };
  const lines = progress.length === 0 ? 0 : progress.length + 1;
  return (
    <ListView
      query={query}
      rows={query.value ?? none}
      idOf={shopRowId}
      columns={columns}
      filterable={(one) => ({
        words: `${one.shop.id} ${one.shop.name}`,
        fields: {
          platform: `${one.shop.platform} ${one.platformName}`,
          health: `${one.health} ${healthWord(one.health, words)}`,
        },
      })}
      fields={fields}
      head={[{ text: words.screen.shopsHead, tone: 'quiet' }]}
      above={
        lines === 0
          ? undefined
          : {
              lines,
              body: (
                <Box flexDirection="column" height={lines}>
                  <SyncProgressBars />
                </Box>
              ),
            }
      }
      empty={{ said: words.screen.noShopsYet, todo: words.screen.noShopsYetTodo }}
      detail={(one, width) => shopDetail(one, formatFor(), width, { servers, places: places.get(one.shop.id) })}
      beneath={(space) => <RecentActs {...space} />}
      actions={actions}
      exportName="shops"
    />
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    shops: object;
  }
}

/** The screen `shops`. */
export const shopsScreen = defineScreen({
  route: 'shops',
  key: '7',
  command: 'shops',
  component: Shops,
  plain: { page: shops },
});
