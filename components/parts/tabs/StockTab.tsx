import { Box } from 'ink';
import { useState } from 'react';
import type { Comparison, ProductCard } from '../../../src/services/services.ts';
import { comparisonLines, stockLines } from '../../../src/views/products/stock-lines.ts';
import { useDesk } from '../../desk/use-desk.ts';
import { useQuery } from '../../desk/use-query.ts';
import { useKeys } from '../../keys/use-keys.ts';
import { useProductKeys } from '../../keys/use-product-keys.ts';
import { Line } from '../Line.tsx';

type StockTabProps = { readonly card: ProductCard; readonly rows: number };

/** The sum behind the figure, what each shop was told, and on demand what each says right now. */
export function StockTab({ card, rows }: StockTabProps) {
  const { services, telling, words, wait, say } = useDesk();
  const { product } = card;
  const [live, setLive] = useState<readonly Comparison[]>();
  const history = useQuery(`stock ${product.id}`, () => services.timeline({ productId: product.id, limit: 200 }));
  const keys = useProductKeys()(product);
  const compare = (): void =>
    wait(words.screen.comparing, async (signal) => {
      setLive(await services.compare({ productId: product.id }, signal));
      say(words.screen.compared);
    });
  useKeys({ level: 'screen', actions: { ...keys, compare } });
  const said = telling([product]);
  const lines = [
    ...stockLines(card, history.value ?? [], said),
    ...(live === undefined
      ? []
      : ['', [{ text: words.screen.liveTitle, tone: 'strong' as const }], ...comparisonLines(live, said)]),
  ];
  return (
    <Box flexDirection="column" paddingLeft={3}>
      {lines.slice(0, rows).map((line, index) => (
        <Line key={index} pieces={line} />
      ))}
    </Box>
  );
}
