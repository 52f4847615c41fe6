import { Box } from 'ink';
import { useEffect, useMemo } from 'react';
import type { ShopId } from '../../../src/domain/ids.ts';
import type { ProductCard } from '../../../src/services/services.ts';
import { placeColumns } from '../../../src/views/products/card-lines.ts';
import { lately } from '../../../src/views/products/card-pane.ts';
import { placeDetail } from '../../../src/views/products/place-detail.ts';
import { useDesk } from '../../desk/use-desk.ts';
import { useQuery } from '../../desk/use-query.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { usePlaceKeys } from '../../keys/use-place-keys.ts';
import { useList } from '../../lists/use-list.ts';
import { Lines } from '../Line.tsx';
import { Table } from '../Table.tsx';

type PlacesTabProps = {
  readonly card: ProductCard;
  readonly rows: number;
  readonly first?: ShopId;
  /** Told which shop the cursor is on. */
  readonly onShop: (shopId: ShopId) => void;
};

/** Events that are looked through for the card. */
const most = 60;
/** Sentences are no longer than an eye can follow back. */
const readable = 110;

/** One line a shop, the missing ones drawn too; under them what is known of the one under the cursor. */
export function PlacesTab({ card, rows, first, onShop }: PlacesTabProps) {
  const { services, telling, room } = useDesk();
  const { places } = card;
  const ids = useMemo(() => places.map((place) => place.shop.id), [places]);
  const missing = places.find((one) => one.expected && one.diagnosis.verdict === 'not-integrated');
  const list = useList({ ids }, Math.max(1, Math.min(ids.length, rows - 1)), first ?? missing?.shop.id);
  const place = places.find((one) => one.shop.id === list.cursor);
  const said = telling([card.product]);
  const columns = useMemo(() => placeColumns(said), [said]);
  const here = place?.shop.id;
  useEffect(() => {
    if (here !== undefined) onShop(here);
  }, [here, onShop]);
  const keys = usePlaceKeys(card, place);
  useKeys({ level: 'screen', actions: { ...list.moves, ...keys } });
  const spare = rows - ids.length - 2;
  const width = Math.min(room.columns - 6, readable);
  const detail = place === undefined ? [] : placeDetail(place, said, width);
  const history = useQuery(`lately ${card.product.id}`, () =>
    services.timeline({ productId: card.product.id, limit: most }),
  );
  const events = history.value ?? [];
  return (
    <Box flexDirection="column">
      <Table columns={columns} rows={places} list={list.state} width={room.columns - 1} about={card.product.id} />
      {spare < 3 || place === undefined ? undefined : (
        <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
          <Lines
            lines={[...detail, '', ...lately(card, events, said, { width, rows: spare - detail.length - 1 })]}
            rows={spare}
          />
        </Box>
      )}
    </Box>
  );
}
