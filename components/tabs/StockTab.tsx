import { Box } from 'ink';
import { useState } from 'react';
import type { StockComparison } from '../../src/services/diagnosis/diagnosis-service.ts';
import { stockEvents } from '../../src/views/product/card-summary.ts';
import { stockLines } from '../../src/views/stock/stock-lines.ts';
import { useApp } from '../context/app-context.ts';
import { useQuery } from '../context/use-query.ts';
import { useProductBindings } from '../key-bindings/use-product-bindings.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { useScroll } from '../list/use-scroll.ts';
import { ofHistory } from '../runtime/store-changes.ts';
import { ScrolledLines } from '../widgets/ScrolledLines.tsx';
import type { TabProps } from './tab-props.ts';

/** The sum behind the figure, what each shop was told, and on demand what each says right now. */
export function StockTab({ card, rows, cells }: TabProps) {
  const { services, formatFor, words, runTask, notify } = useApp();
  const { product } = card;
  const [live, setLive] = useState<readonly StockComparison[]>();
  const history = useQuery(
    `stock ${product.id}`,
    () => services.history.list({ productId: product.id, limit: 200 }),
    ofHistory(product.id),
  );
  const keys = useProductBindings()(product);
  const compare = (): void =>
    runTask(words.screen.comparing, async (signal) => {
      setLive(await services.diagnosis.compareStock({ productId: product.id }, signal));
      notify(words.screen.compared);
    });
  const format = formatFor([product, ...card.named]);
  const lines = stockLines(card, history.value ?? [], format, { width: cells - 4, live });
  const beneath = stockEvents(card, history.value ?? [], format, { width: cells - 6, rows: rows - lines.length });
  const scroll = useScroll(lines.length + beneath.length, rows);
  useKeys({ level: 'screen', actions: { ...scroll.lines, ...scroll.pages, ...keys, compare } });
  return (
    <Box flexDirection="column" paddingLeft={3}>
      <ScrolledLines lines={[...lines, ...beneath]} scroll={scroll} />
    </Box>
  );
}
