import type { Pattern } from '../../services/patterns/pattern-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import type { Route } from '../navigation/route.ts';
import { patternLine } from '../patterns/pattern-lines.ts';
import { shopLine } from '../shops/shop-lines.ts';
import type { OverviewFacts } from './overview-lines.ts';

/** Something that the first page tells of, and where one does something about it. */
export type AttentionChoice = { readonly label: string; readonly note: string; readonly route: Route };

/** Where the case is looked into that a pattern stands for. */
function routeOf({ repair, shopId }: Pattern): Route {
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
export function attentionChoices(
  { counts, report, patterns = [], shops }: Pick<OverviewFacts, 'counts' | 'report' | 'patterns' | 'shops'>,
  format: FormatContext,
): readonly AttentionChoice[] {
  const { words } = format;
  const inactive = number(report?.total ?? 0, words);
  const work: readonly (AttentionChoice & { readonly count: number })[] = [
    {
      count: counts.conflicts,
      label: words.domain.conflicts(number(counts.conflicts, words)),
      note: '',
      route: { screen: 'conflicts' },
    },
    {
      count: report?.total ?? 0,
      label: `${inactive} ${words.screen.inactiveLines(inactive)}`,
      note: '',
      route: { screen: 'inactive' },
    },
    ...patterns.map((pattern) => {
      const told = patternLine(pattern, format);
      return {
        count: pattern.count,
        label: `${number(pattern.count, words)} ${told.short}`,
        note: told.shop,
        route: routeOf(pattern),
      };
    }),
  ];
  return [
    ...work.filter(({ count }) => count > 0).map(({ label, note, route }) => ({ label, note, route })),
    ...shops.map((one): AttentionChoice => {
      const line = shopLine(one, format);
      return { label: one.shop.name, note: line.health, route: { screen: 'shop', shopId: one.shop.id } };
    }),
  ];
}
