import { Box } from 'ink';
import { useEffect, useMemo } from 'react';
import { shopStateDetail } from '../../src/views/diagnosis/shop-state-detail.ts';
import { shopFigures } from '../../src/views/diagnosis/shop-state-lines.ts';
import { nextKeyLine, shopStateColumns } from '../../src/views/product/card-lines.ts';
import { recentEvents } from '../../src/views/product/card-summary.ts';
import { contentLines } from '../../src/views/product/content-rows.ts';
import { readable } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useShopStateBindings } from '../key-bindings/use-shop-state-bindings.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useList } from '../list/use-list.ts';
import { ofHistory } from '../runtime/store-changes.ts';
import { Table } from '../widgets/Table.tsx';
import { TextLines } from '../widgets/TextLine.tsx';
import type { ShopTabProps } from './tab-props.ts';

type IntegrationsTabProps = ShopTabProps & {
  /** What happened to the product stands beside it. */
  readonly hasAside: boolean;
};

/** Events that are looked through for the card. */
const maxEvents = 60;
/** One line a shop, the missing ones drawn too; under them what is known of the one under the cursor. */
export function IntegrationsTab({ card, rows, cells, hasAside, first, onShop }: IntegrationsTabProps) {
  const { services, formatFor } = useApp();
  const { places } = card;
  const ids = useMemo(() => places.map((place) => place.shop.id), [places]);
  const missing = places.find(
    (one) =>
      (one.expected && one.diagnosis.verdict === 'not-integrated') || shopFigures(one, card.product).stockDiffers,
  );
  const list = useList({ ids }, Math.max(1, Math.min(ids.length, rows - 1)), { first: first ?? missing?.shop.id });
  const place = places.find((one) => one.shop.id === list.cursor);
  const format = formatFor([card.product, ...card.named]);
  const columns = useMemo(() => shopStateColumns(card.product, format, cells), [card.product, format, cells]);
  const here = place?.shop.id;
  useEffect(() => {
    if (here !== undefined) onShop(here);
  }, [here, onShop]);
  const keys = useShopStateBindings(card, place);
  useKeys({ level: 'screen', actions: { ...list.moves, ...keys } });
  const spare = rows - ids.length - 2;
  const width = Math.min(cells - 6, readable);
  const next = nextKeyLine(card, format);
  const nextLines = next === '' ? [] : [[{ text: `→ ${next}`, tone: 'waiting' as const }]];
  const detail = place === undefined ? [] : [...nextLines, ...shopStateDetail(place, card.product, format, width)];
  const history = useQuery(
    `lately ${card.product.id} ${hasAside}`,
    async () => (hasAside ? [] : services.history.list({ productId: card.product.id, limit: maxEvents })),
    ofHistory(card.product.id),
  );
  const events = history.value ?? [];
  // Where what happened stands beside, the room beneath is for what customers read.
  const room = spare - detail.length - 1;
  const beneath = hasAside
    ? contentLines(card, format, { width: cells - 6, rows: room })
    : recentEvents(card, events, format, { width, rows: room });
  return (
    <Box flexDirection="column">
      <Table
        columns={columns}
        rows={places}
        list={list.state}
        onMove={list.move}
        width={cells - 1}
        queryKey={card.product.id}
      />
      {spare < 3 || place === undefined ? undefined : (
        <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
          <TextLines lines={[...detail, '', ...beneath]} rows={spare} />
        </Box>
      )}
    </Box>
  );
}
