import type { Pattern } from '../../services/patterns/pattern-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import type { Route } from '../navigation/route.ts';
import { patternLine } from '../patterns/pattern-lines.ts';
import type { AttentionItem } from './first-page-row.ts';

const newestMendableFirst = (a: Pattern, b: Pattern): number =>
  Number(a.repair === 'none') - Number(b.repair === 'none') || ((a.from ?? '') < (b.from ?? '') ? 1 : -1);

/** A line a pattern; those that have no room are one line together. */
export function patternItems(
  patterns: readonly Pattern[],
  format: FormatContext,
  room: number,
): readonly AttentionItem[] {
  const sorted = patterns.toSorted(newestMendableFirst);
  const shown = sorted.length > room ? sorted.slice(0, Math.max(0, room - 1)) : sorted;
  return [...shown.map((pattern) => patternItem(pattern, format)), ...restItems(sorted.slice(shown.length), format)];
}

function restItems(patterns: readonly Pattern[], { words }: FormatContext): readonly AttentionItem[] {
  if (patterns.length === 0) return [];
  const productIds = [...new Set(patterns.flatMap((pattern) => pattern.productIds))];
  const byShop = Map.groupBy(patterns, ({ shopId }) => shopId);
  const shops = [...byShop]
    .map(([shopId, own]) => ({ shopId, count: own.reduce((sum, { count }) => sum + count, 0) }))
    .toSorted((a, b) => b.count - a.count)
    .map(({ shopId, count }) => `${shopCode(shopId)} ${number(count, words)}`)
    .join(', ');
  return [
    {
      id: 'patterns',
      said: words.firstPage.more(shops),
      route: { screen: 'products', asked: productIds, about: 'lost' },
      tone: 'wrong',
      about: [],
      repair: '',
      productIds,
    },
  ];
}

function patternItem(pattern: Pattern, format: FormatContext): AttentionItem {
  const line = patternLine(pattern, format);
  const { shopId, because, cause, from, count, productIds } = pattern;
  return {
    id: `pattern ${shopId} ${because ?? cause ?? ''} ${from ?? ''}`,
    said: `${shopCode(shopId)}: ${number(count, format.words)} ${line.short}`,
    route: patternRoute(pattern),
    tone: from === undefined ? 'waiting' : 'wrong',
    about: [{ text: line.sentence }, ...(line.facts === '' ? [] : [{ text: line.facts, tone: 'quiet' as const }])],
    repair: line.repair,
    productIds,
  };
}

/** Where exactly the rows of a pattern are. */
function patternRoute(pattern: Pattern): Route {
  const { repair, shopId } = pattern;
  switch (repair) {
    case 'open-shop-health':
    case 'sync-shop':
      return { screen: 'shop', shopId };
    case 'open-conflicts':
      return { screen: 'conflicts', shopId };
    case 'fetch-products':
    case 'undo-removals':
    case 'activate-in-shop-by-hand':
    case 'none':
      return { screen: 'integrations', shopId, pattern };
    default:
      return repair satisfies never;
  }
}
