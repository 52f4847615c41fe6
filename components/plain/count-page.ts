import type { Product } from '../../src/domain/product.ts';
import type { LocationStock } from '../../src/domain/warehouse/location-stock.ts';
import type { ProductCard } from '../../src/services/lookup/lookup-service.ts';
import { shortName } from '../../src/views/format/format-context.ts';
import { number } from '../../src/views/format/numbers.ts';
import { cleanName } from '../../src/views/text/cell-text.ts';
import { partLine } from '../../src/views/warehouse/figure-lines.ts';
import { choose, confirmTyped, type PlainContext } from './plain-context.ts';

/** A count of more digits is a code that was scanned into the question. */
const maxCountDigits = 6;

/**
 * Asks what was counted on the shelf and keeps it: here, or in the chosen warehouse system where that takes counts, at
 * one place of it and after a question.
 */
export async function count(context: PlainContext, { product, parts }: ProductCard): Promise<void> {
  const { services, print, words } = context;
  const overview = services.warehouse.show();
  if (overview?.settings === undefined) {
    const typed = await askCount(context);
    if (typed === undefined) return;
    const named = (await services.lookup.identify(typed)).find(({ sku }) => sku === typed);
    if (named !== undefined) {
      // Scanned into the question, perhaps.
      print(words.screen.countIsCode(typed, cleanName(named.content.name) || words.domain.noName));
      if (!(await confirmTyped(context, typed))) return;
    }
    await services.stock.set(product.id, Number(typed));
    return print(words.screen.counted(number(Number(typed), words)));
  }
  const label = words.warehouse.label(overview.driver.label);
  if (!overview.driver.can.count) return print(words.warehouse.refusal.stockFromWarehouse(label).said);
  if (product.warehouse?.source !== overview.settings.kind)
    return print(words.warehouse.refusal.notInWarehouse(label).said);
  const place = await askPlace(context, parts);
  if (place !== undefined) await countInWarehouse(context, { product, part: place.part, label });
}

/** A whole number of pieces; nothing where none was typed, or a scanner typed a code. */
async function askCount({ ask, print, words }: PlainContext): Promise<string | undefined> {
  const text = (await ask(words.screen.countTitle)) ?? '';
  if (text === '') print(words.screen.plain.notDone);
  else if (!/^-?\d+$/.test(text)) print(words.screen.notANumber(text));
  else if (text.length > maxCountDigits) print(words.screen.codeNotCount(text));
  else return text;
  return undefined;
}

/** Which place was counted, where something lies at several; nothing where the person went back. */
async function askPlace(
  context: PlainContext,
  parts: readonly LocationStock[],
): Promise<{ readonly part?: LocationStock } | undefined> {
  if (parts.length < 2) return { part: parts[0] };
  context.print(context.words.warehouse.countWhere);
  const chosen = await choose(
    context,
    parts.map((part) => partLine(part, context.words)),
  );
  return chosen === undefined ? undefined : { part: parts[chosen] };
}

type Counted = { readonly product: Product; readonly part?: LocationStock; readonly label: string };

async function countInWarehouse(context: PlainContext, { product, part, label }: Counted): Promise<void> {
  const { services, print, words, signal } = context;
  const typed = await askCount(context);
  if (typed === undefined) return;
  const onHand = Number(typed);
  const say = words.warehouse;
  const was = number(part?.onHand ?? product.stock.onHand, words);
  print(say.countTitle(label));
  print(
    say.countEffect({ name: shortName(product, words), place: part?.location ?? '', was, now: number(onHand, words) }),
  );
  print(`${say.countThere(label)} ${words.screen.plain.undoTakesBack}`);
  if (!(await confirmTyped(context, String(onHand)))) return;
  const { stock } = await services.warehouse.count({ productId: product.id, onHand, location: part?.location }, signal);
  print(`${say.counted({ label, onHand: number(stock.onHand, words) })} ${words.screen.plain.undoTakesBack}`);
}
