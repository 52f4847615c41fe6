import type { ProductCard } from '../../src/services/lookup/lookup-service.ts';
import type { CardTab } from '../../src/views/navigation/navigation.ts';
import { cardAside } from '../../src/views/product/card-summary.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { ofHistory } from '../runtime/store-changes.ts';
import { DetailPane } from '../widgets/DetailPane.tsx';

/** From so many columns on a tab leaves room for what the others tell. */
const wideEnough = 160;
const widest = 64;
/** Events that are looked through. */
const maxEvents = 60;

/** Cells beside a tab of the card; 0 where it needs the window for itself. */
export const asideWidth = (columns: number): number => (columns < wideEnough ? 0 : Math.min(widest, columns - 130));

type CardAsideProps = {
  readonly card: ProductCard;
  readonly tab: CardTab;
  readonly width: number;
  readonly rows: number;
};

/** What the tab beside it does not say of a product: its shops, its stock, what happened to it last. */
export function CardAside({ card, tab, width, rows }: CardAsideProps) {
  const { services, formatFor } = useApp();
  const { product } = card;
  const history = useQuery(
    `aside ${product.id}`,
    () => services.history.list({ productId: product.id, limit: maxEvents }),
    ofHistory(product.id),
  );
  const space = { width: width - 4, rows };
  return (
    <DetailPane
      width={width}
      rows={rows}
      lines={cardAside(tab, { card, events: history.value ?? [] }, formatFor([product, ...card.named]), space)}
    />
  );
}
