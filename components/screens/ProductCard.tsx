import { Box, Text } from 'ink';
import { useEffect, useState } from 'react';
import { type ProductId, type ShopId, toShopId } from '../../src/domain/ids.ts';
import { shortName } from '../../src/views/format/format-context.ts';
import { type CardTab, cardTabs } from '../../src/views/navigation/navigation.ts';
import { cardHead } from '../../src/views/product/card-lines.ts';
import { useApp } from '../context/app-context.ts';
import { useLiveAnswers } from '../context/use-live-answers.ts';
import { useQuery } from '../context/use-query.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useStillReading } from '../list/use-still-reading.ts';
import { product } from '../plain/product-page.ts';
import { asideWidth, CardAside } from '../tabs/CardAside.tsx';
import { ContentTab } from '../tabs/ContentTab.tsx';
import { DiagnosisTab } from '../tabs/DiagnosisTab.tsx';
import { IntegrationsTab } from '../tabs/IntegrationsTab.tsx';
import { StockTab } from '../tabs/StockTab.tsx';
import { TimelineTab } from '../tabs/TimelineTab.tsx';
import { EmptyState } from '../widgets/EmptyState.tsx';
import { ErrorView } from '../widgets/ErrorView.tsx';
import { TabBar } from '../widgets/TabBar.tsx';
import { TextLine } from '../widgets/TextLine.tsx';
import { defineScreen } from './define-screen.ts';

type ProductCardProps = { readonly productId: ProductId; readonly tab?: CardTab; readonly shopId?: ShopId };

/** Lines between the head and the tab's own: the tabs and a blank. */
const tabBarHeight = 2;

const shopAt = (remembered: unknown): ShopId | undefined =>
  typeof remembered === 'string' ? toShopId(remembered) : undefined;

/** One product over all shops. */
export function ProductCard({ productId, tab: first = 'integrations', shopId }: ProductCardProps) {
  const { services, words, theme, viewport, entry, saveState, title, formatFor, notify } = useApp();
  const remembered = cardTabs.find((one) => one === entry.memory.tab);
  const [tab, setTab] = useState<CardTab>(remembered ?? first);
  const live = useLiveAnswers(productId);
  const answered = [...(live.heard?.values() ?? [])].map(({ at }) => at).join(' ');
  const query = useQuery(`card ${productId} ${answered}`, () => services.lookup.product(productId, live.heard));
  const card = query.value;
  const name = card === undefined ? undefined : shortName(card.product, words);
  useEffect(() => {
    if (name !== undefined) title(name);
  }, [name, title]);
  // The shop one looks at stays the same from tab to tab, and when one comes back.
  const [shop, setShop] = useState<ShopId | undefined>(shopAt(entry.memory.shop) ?? shopId);
  useEffect(() => saveState({ tab, shop }), [saveState, tab, shop]);
  const step = (by: number): void => {
    setTab((now) => cardTabs[(cardTabs.indexOf(now) + by + cardTabs.length) % cardTabs.length] ?? now);
  };
  const show = (next: CardTab): void => (tab === next ? notify(words.screen.alreadyHere, 'quiet') : setTab(next));
  useKeys({
    level: 'app',
    actions: {
      'next-tab': () => step(1),
      'previous-tab': () => step(-1),
      why: () => show('why'),
      timeline: () => show('timeline'),
    },
  });
  useStillReading(card === undefined && query.loading);
  if (query.error !== undefined && card === undefined) return <ErrorView error={query.error} />;
  if (card === undefined) {
    return query.loading ? undefined : (
      <EmptyState said={words.screen.productGone} todo={words.screen.productGoneTodo} />
    );
  }
  const head = cardHead(card, formatFor([card.product, ...card.named]), viewport.columns - 4);
  const rows = viewport.rows - head.length - tabBarHeight;
  const aside = asideWidth(viewport.columns);
  const cells = viewport.columns - aside;
  const space = { card, rows, cells };
  return (
    <Box flexDirection="column">
      <Box flexDirection="column" paddingLeft={3} height={head.length}>
        {head.map((line, index) => (
          <TextLine key={index} pieces={line} />
        ))}
      </Box>
      <TabBar
        labels={cardTabs.map((one) => words.screen.tab[one])}
        at={cardTabs.indexOf(tab)}
        onChoose={(index) => setTab((now) => cardTabs[index] ?? now)}
      />
      <Text {...theme.look('quiet')}>{live.asking ? `   ${theme.plain(words.screen.askingShops)}` : ' '}</Text>
      <Box>
        <Box width={cells} flexShrink={0} flexDirection="column">
          {tab === 'integrations' ? (
            <IntegrationsTab {...space} hasAside={aside > 0} first={shop} onShop={setShop} />
          ) : undefined}
          {tab === 'why' ? <DiagnosisTab {...space} first={shop} onShop={setShop} /> : undefined}
          {tab === 'stock' ? <StockTab {...space} /> : undefined}
          {tab === 'content' ? <ContentTab {...space} first={shop} onShop={setShop} /> : undefined}
          {tab === 'timeline' ? <TimelineTab {...space} /> : undefined}
        </Box>
        {aside === 0 ? undefined : <CardAside card={card} tab={tab} width={aside} rows={rows} />}
      </Box>
    </Box>
  );
}

declare module '../../src/views/navigation/route.ts' {
  interface RouteParameters {
    product: ProductCardProps;
  }
}

/** The screen `product`. */
export const productScreen = defineScreen({
  route: 'product',
  component: ProductCard,
  plain: { page: (context, { productId }) => product(context, productId) },
});
