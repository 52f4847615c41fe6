import type { Pattern } from '../../services/services.ts';
import type { Spot } from '../input/navigation.ts';
import { number } from '../numbers.ts';
import { shopLine } from '../shops/shop-lines.ts';
import type { Telling } from '../telling.ts';
import { patternLine } from '../triage/pattern-lines.ts';
import type { TodayFacts } from './today-lines.ts';

/** Something that the first page tells of, and where one does something about it. */
export type TodayChoice = { readonly label: string; readonly note: string; readonly spot: Spot };

/** Where the case is looked into that a pattern stands for. */
function spotOf({ repair, shopId }: Pattern): Spot {
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
      return { screen: 'integrations', shopId, filter: 'missing' };
    default:
      return repair satisfies never;
  }
}

/** What the first page tells of, each with its place: the work first, then the shops. */
export function todayChoices(
  { counts, report, patterns = [], shops }: Pick<TodayFacts, 'counts' | 'report' | 'patterns' | 'shops'>,
  telling: Telling,
): readonly TodayChoice[] {
  const { words } = telling;
  const inactive = number(report?.total ?? 0, words);
  const work: readonly (TodayChoice & { readonly count: number })[] = [
    {
      count: counts.conflicts,
      label: words.domain.conflicts(number(counts.conflicts, words)),
      note: '',
      spot: { screen: 'conflicts' },
    },
    {
      count: report?.total ?? 0,
      label: `${inactive} ${words.screen.inactiveGoods(inactive)}`,
      note: '',
      spot: { screen: 'inactive' },
    },
    ...patterns.map((pattern) => {
      const told = patternLine(pattern, telling);
      return {
        count: pattern.count,
        label: `${number(pattern.count, words)} ${told.short}`,
        note: told.shop,
        spot: spotOf(pattern),
      };
    }),
  ];
  return [
    ...work.filter(({ count }) => count > 0).map(({ label, note, spot }) => ({ label, note, spot })),
    ...shops.map((one): TodayChoice => {
      const line = shopLine(one, telling);
      return { label: one.shop.name, note: line.health, spot: { screen: 'shop', shopId: one.shop.id } };
    }),
  ];
}
