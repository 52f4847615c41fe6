import { Box } from 'ink';
import { useMemo, useSyncExternalStore } from 'react';
import type { ShopOverview } from '../../src/services/services.ts';
import type { FacetId } from '../../src/views/input/facets.ts';
import { shopColumns, shopDetail, shopRowId } from '../../src/views/shops/shop-columns.ts';
import { healthWord } from '../../src/views/shops/shop-lines.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useQuery } from '../desk/use-query.ts';
import { useShopKeys } from '../keys/use-shop-keys.ts';
import { ListView } from '../parts/ListView.tsx';
import { SyncMeter } from '../parts/SyncMeter.tsx';
import type { Actions } from '../terminal/key-desk.ts';

const none: readonly ShopOverview[] = [];
const fields: readonly FacetId[] = ['platform', 'health'];

/** The shops: how each is, when it was last read to the end, and the readings that are on their way. */
export function Shops() {
  const { services, words, telling, go, jobs } = useDesk();
  const answer = useQuery('shops', () => services.shops());
  const progress = useSyncExternalStore(jobs.subscribe, jobs.progress);
  const columns = useMemo(() => shopColumns(telling()), [telling]);
  const keys = useShopKeys();
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
      ...(overview === undefined ? {} : { open: () => go({ screen: 'shop', shopId: overview.shop.id }) }),
    };
  };
  const lines = progress.length === 0 ? 0 : progress.length + 1;
  return (
    <ListView
      answer={answer}
      rows={answer.value ?? none}
      idOf={shopRowId}
      columns={columns}
      filterable={(one) => ({
        words: `${one.shop.id} ${one.shop.name}`,
        fields: { platform: one.shop.platform, health: `${one.health} ${healthWord(one.health, words)}` },
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
                  <SyncMeter />
                </Box>
              ),
            }
      }
      empty={{ said: words.screen.noShopsYet, todo: words.screen.noShopsYetTodo }}
      detail={(one, width) => shopDetail(one, telling(), width)}
      actions={actions}
      exportName="shops"
    />
  );
}
