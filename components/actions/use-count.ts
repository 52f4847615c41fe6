import type { Product } from '../../src/domain/product.ts';
import type { LocationStock } from '../../src/domain/warehouse/location-stock.ts';
import { shortName } from '../../src/views/format/format-context.ts';
import { number } from '../../src/views/format/numbers.ts';
import { cleanName } from '../../src/views/text/cell-text.ts';
import { partLine } from '../../src/views/warehouse/figure-lines.ts';
import { type AppContext, useApp } from '../context/app-context.ts';

/** A count of more digits is a code that was scanned into the question. */
const maxCountDigits = 6;

/**
 * Asks what was counted on the shelf and keeps it: here, or in the chosen warehouse system where that takes counts, at
 * one place of it and after a question. Undo takes back either.
 */
export function useCount(): (product: Product) => void {
  const app = useApp();
  return (product) => {
    const overview = app.services.warehouse.show();
    if (overview?.settings === undefined)
      return askCount(app, String(product.stock.onHand), (typed) => keepHere(app, product, typed));
    const label = app.words.warehouse.label(overview.driver.label);
    if (!overview.driver.can.count) return app.notify(app.words.warehouse.countedThere(label), 'waiting');
    if (product.warehouse?.source !== overview.settings.kind)
      return app.notify(app.words.warehouse.refusal.notInWarehouse(label).said, 'waiting');
    askWhere(app, product, (part) =>
      askCount(app, String(part?.onHand ?? product.stock.onHand), (typed) =>
        confirmInWarehouse(app, { product, part, onHand: Number(typed), label }),
      ),
    );
  };
}

/** Asks for a whole number of pieces; what a scanner or a slip typed changes nothing. */
function askCount({ words, openDialog, notify }: AppContext, start: string, onCount: (typed: string) => void): void {
  openDialog({
    kind: 'prompt',
    title: words.screen.countTitle,
    start,
    hint: words.screen.countHint,
    isUnlikely: (typed) => Number(typed) >= Math.max(1_000, 10 * Math.abs(Number(start))),
    onText: (typed) => {
      const text = typed.trim();
      if (!/^-?\d+$/.test(text)) return notify(words.screen.notANumber(typed), 'waiting');
      if (text.length > maxCountDigits) return notify(words.screen.codeNotCount(text), 'waiting');
      onCount(text);
    },
  });
}

/** Keeps a count; one that is an item number as well may have been scanned slowly, and is asked about. */
function keepHere({ services, words, perform, notify, openDialog }: AppContext, { id }: Product, typed: string): void {
  const keep = async (): Promise<void> => {
    await services.stock.set(id, Number(typed));
    notify(words.screen.counted(number(Number(typed), words)));
  };
  perform(async () => {
    const named = (await services.lookup.identify(typed)).find(({ sku }) => sku === typed);
    if (named === undefined) return keep();
    openDialog({
      kind: 'confirm',
      title: words.screen.countIsCode(typed, cleanName(named.content.name) || words.domain.noName),
      lines: [],
      yes: words.screen.countIsCodeYes(typed),
      onYes: () => perform(keep),
    });
  });
}

/** Which place was counted, where something lies at several. */
function askWhere(app: AppContext, { id }: Product, onPlace: (part: LocationStock | undefined) => void): void {
  const { services, words, openDialog, dialogOpen, perform } = app;
  perform(async () => {
    const parts = (await services.lookup.product(id))?.parts ?? [];
    if (dialogOpen()) return;
    if (parts.length < 2) return onPlace(parts[0]);
    openDialog({
      kind: 'menu',
      title: words.warehouse.countWhere,
      choices: parts.map((part) => ({ label: partLine(part, words), run: () => onPlace(part) })),
    });
  });
}

type WarehouseCount = {
  readonly product: Product;
  readonly part?: LocationStock;
  readonly onHand: number;
  readonly label: string;
};

function confirmInWarehouse(app: AppContext, { product, part, onHand, label }: WarehouseCount): void {
  const { services, words, openDialog, runTask, notify } = app;
  const was = number(part?.onHand ?? product.stock.onHand, words);
  const now = number(onHand, words);
  const write = (): void =>
    runTask(words.warehouse.counting(label), async (signal) => {
      const counted = { productId: product.id, onHand, location: part?.location };
      const { stock } = await services.warehouse.count(counted, signal);
      const said = words.warehouse.counted({ label, onHand: number(stock.onHand, words) });
      notify(`${said} ${words.warehouse.countedKeys}`);
    });
  openDialog({
    kind: 'confirm',
    title: words.warehouse.countTitle(label),
    lines: [
      {
        text: words.warehouse.countEffect({ name: shortName(product, words), place: part?.location ?? '', was, now }),
        tone: 'strong',
      },
      { text: `${words.warehouse.countThere(label)} ${words.warehouse.countUndo}`, tone: 'quiet' },
    ],
    yes: words.warehouse.countYes(label),
    onYes: write,
  });
}
