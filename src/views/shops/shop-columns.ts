import type { ShopId } from '../../domain/ids.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import { age } from '../format/times.ts';
import type { Column } from '../list/table.ts';
import { shopLine } from './shop-lines.ts';
import { linksText, linksTone, type ShopPlaces, shopSign, someNumber } from './shop-places.ts';

export const shopRowId = (overview: ShopOverview): string => overview.shop.id;

/** The columns of the list of shops. */
export function shopColumns(
  format: FormatContext,
  places: ReadonlyMap<ShopId, ShopPlaces> = new Map(),
): readonly Column<ShopOverview>[] {
  const { words } = format;
  const { column } = words.screen;
  const line = (overview: ShopOverview) => shopLine(overview, format);
  const stateOf = (overview: ShopOverview) => shopSign(overview, places.get(overview.shop.id), format);
  const count = (id: 'listings' | 'integrations' | 'conflicts', title: string, rank: number): Column<ShopOverview> => ({
    id,
    title,
    rank,
    min: 6,
    max: 11,
    align: 'right',
    text: (one) => (id === 'conflicts' && one.counts.conflicts === 0 ? '' : number(one.counts[id], words)),
    tone: (one) => (id === 'conflicts' && one.counts.conflicts > 0 ? 'waiting' : undefined),
    sortBy: (one) => one.counts[id],
  });
  return [
    {
      id: 'health',
      title: column.health,
      rank: 1,
      min: 8,
      max: 20,
      text: (one) => `${stateOf(one).sign} ${line(one).health}`,
      tone: (one) => stateOf(one).tone,
    },
    {
      id: 'id',
      title: column.id,
      rank: 1,
      min: 4,
      max: 16,
      text: (one) => shopCode(one.shop.id),
      tone: () => 'accent',
    },
    { id: 'name', title: column.name, rank: 2, min: 20, text: (one) => one.shop.name, tone: () => 'strong' },
    { id: 'platform', title: column.platform, rank: 5, min: 8, max: 20, text: (one) => one.platformName },
    {
      ...count('integrations', column.links, 3),
      max: 15,
      text: ({ shop, counts }) => linksText(counts.integrations, places.get(shop.id), '/', words),
      tone: ({ shop }) => linksTone(places.get(shop.id)),
    },
    {
      id: 'differing',
      title: column.differing,
      rank: 4,
      min: 6,
      max: 13,
      align: 'right',
      text: ({ shop }) => someNumber(places.get(shop.id)?.['stock-differs'], words),
      tone: () => 'waiting',
      sortBy: ({ shop }) => places.get(shop.id)?.['stock-differs'] ?? 0,
    },
    count('listings', column.listings, 4),
    count('conflicts', column.conflicts, 4),
    {
      id: 'read',
      ages: true,
      title: column.lastFullSync,
      rank: 3,
      min: 8,
      max: 18,
      text: (one) => lastWhole(one, format),
      tone: () => 'quiet',
    },
  ];
}

/** How old the last full sync is: in a column of ages "ago" would be said in every row. */
const lastWhole = ({ state }: ShopOverview, { words, now }: FormatContext): string =>
  state?.lastComplete === undefined ? words.domain.never : age(state.lastComplete.at, now, words);
