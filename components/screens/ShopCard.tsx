import { Box } from 'ink';
import { useEffect } from 'react';
import type { ShopId } from '../../src/domain/ids.ts';
import { shopDetail } from '../../src/views/shops/shop-columns.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useQuery } from '../desk/use-query.ts';
import { useKeys } from '../keys/use-keys.ts';
import { useShopKeys } from '../keys/use-shop-keys.ts';
import { EmptyNote } from '../parts/EmptyNote.tsx';
import { Lines } from '../parts/Line.tsx';
import { SyncMeter } from '../parts/SyncMeter.tsx';
import { Trouble } from '../parts/Trouble.tsx';

/** One shop: its health, its readings, and what its platform cannot tell us. */
export function ShopCard({ shopId }: { readonly shopId: ShopId }) {
  const { services, words, telling, go, title, room } = useDesk();
  const answer = useQuery(`shop ${shopId}`, async () => (await services.shops()).find((one) => one.shop.id === shopId));
  const overview = answer.value;
  const name = overview?.shop.name;
  const keys = useShopKeys();
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
  if (answer.error !== undefined && overview === undefined) return <Trouble error={answer.error} />;
  if (overview === undefined) return answer.waiting ? undefined : <EmptyNote said={words.screen.shopGone} />;
  return (
    <Box flexDirection="column" paddingLeft={3}>
      <SyncMeter />
      <Lines lines={shopDetail(overview, telling(), Math.min(110, room.columns - 6))} rows={room.rows} />
    </Box>
  );
}
