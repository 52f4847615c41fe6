import { Box } from 'ink';
import type { ProductId } from '../../src/domain/ids.ts';
import { cardSummary } from '../../src/views/product/card-summary.ts';
import { useApp } from '../context/app-context.ts';
import { useDetailProduct } from '../list/use-detail-product.ts';
import { TextLines } from '../widgets/TextLine.tsx';

type ContenderCardProps = {
  /** Absent: the shop's product is none of ours. */
  readonly productId?: ProductId;
  readonly width: number;
  readonly rows: number;
};

/** A product over all shops, and what happened to it last. */
function ContenderCard({ productId, width, rows }: ContenderCardProps) {
  const { formatFor } = useApp();
  const { card, events } = useDetailProduct(productId);
  const lines =
    card === undefined
      ? []
      : cardSummary(card, events, formatFor([card.product, ...card.named]), { width: Math.min(width, readable), rows });
  return (
    <Box flexDirection="column" width={width} flexShrink={0}>
      <TextLines lines={lines} rows={rows} />
    </Box>
  );
}

/** Figures stand no further from their shop than an eye can follow. */
const readable = 70;

/** Cells between two of them, as between the contenders above. */
const gap = 3;

type ContenderCardsProps = {
  readonly productIds: readonly (ProductId | undefined)[];
  readonly width: number;
  readonly rows: number;
};

/** Those who want one link, side by side: how each of them stands elsewhere. */
export function ContenderCards({ productIds, width, rows }: ContenderCardsProps) {
  const each = Math.floor((width - gap * (productIds.length - 1)) / Math.max(1, productIds.length));
  return (
    <Box columnGap={gap}>
      {productIds.map((productId, index) => (
        <ContenderCard key={index} productId={productId} width={each} rows={rows} />
      ))}
    </Box>
  );
}
