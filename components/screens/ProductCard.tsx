import { Box, Text } from 'ink';
import { useEffect, useState } from 'react';
import { type ProductId, type ShopId, toShopId } from '../../src/domain/ids.ts';
import { type CardTab, cardTabs } from '../../src/views/input/navigation.ts';
import { cardHead } from '../../src/views/products/card-lines.ts';
import { shortName } from '../../src/views/telling.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useQuery } from '../desk/use-query.ts';
import { useKeys } from '../keys/use-keys.ts';
import { EmptyNote } from '../parts/EmptyNote.tsx';
import { Line } from '../parts/Line.tsx';
import { Trouble } from '../parts/Trouble.tsx';
import { PlacesTab } from '../parts/tabs/PlacesTab.tsx';
import { StockTab } from '../parts/tabs/StockTab.tsx';
import { Tabs } from '../parts/tabs/Tabs.tsx';
import { TimelineTab } from '../parts/tabs/TimelineTab.tsx';
import { WhyTab } from '../parts/tabs/WhyTab.tsx';

type ProductCardProps = { readonly productId: ProductId; readonly tab?: CardTab; readonly shopId?: ShopId };

/** Lines above the tabs' own: what it is, how it stands, the tabs. */
export const cardHeadLines = 4;

const shopAt = (remembered: unknown): ShopId | undefined =>
  typeof remembered === 'string' ? toShopId(remembered) : undefined;

/** One product over all shops. */
export function ProductCard({ productId, tab: first = 'integrations', shopId }: ProductCardProps) {
  const { services, words, room, entry, keep, title, telling } = useDesk();
  const remembered = cardTabs.find((one) => one === entry.memory.tab);
  const [tab, setTab] = useState<CardTab>(remembered ?? first);
  const answer = useQuery(`card ${productId}`, () => services.product(productId));
  const card = answer.value;
  const name = card === undefined ? undefined : shortName(card.product, words);
  useEffect(() => {
    if (name !== undefined) title(name);
  }, [name, title]);
  // The shop one looks at stays the same from tab to tab, and when one comes back.
  const [shop, setShop] = useState<ShopId | undefined>(shopAt(entry.memory.shop) ?? shopId);
  useEffect(() => keep({ tab, shop }), [keep, tab, shop]);
  const step = (by: number): void => {
    setTab((now) => cardTabs[(cardTabs.indexOf(now) + by + cardTabs.length) % cardTabs.length] ?? now);
  };
  useKeys({
    level: 'app',
    actions: {
      'next-tab': () => step(1),
      'previous-tab': () => step(-1),
      why: () => setTab('why'),
      timeline: () => setTab('timeline'),
    },
  });
  if (answer.error !== undefined && card === undefined) return <Trouble error={answer.error} />;
  if (card === undefined) {
    return answer.waiting ? undefined : (
      <EmptyNote said={words.screen.productGone} todo={words.screen.productGoneTodo} />
    );
  }
  const rows = room.rows - cardHeadLines;
  return (
    <Box flexDirection="column">
      <Box flexDirection="column" paddingLeft={3} height={2}>
        {cardHead(card, telling([card.product]), room.columns - 4).map((line, index) => (
          <Line key={index} pieces={line} />
        ))}
      </Box>
      <Tabs labels={cardTabs.map((one) => words.screen.tab[one])} at={cardTabs.indexOf(tab)} />
      <Text> </Text>
      {tab === 'integrations' ? <PlacesTab card={card} rows={rows} first={shop} onShop={setShop} /> : undefined}
      {tab === 'why' ? <WhyTab card={card} rows={rows} first={shop} onShop={setShop} /> : undefined}
      {tab === 'stock' ? <StockTab card={card} rows={rows} /> : undefined}
      {tab === 'timeline' ? <TimelineTab card={card} rows={rows} /> : undefined}
    </Box>
  );
}
