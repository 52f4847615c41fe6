import type { Money } from '../../domain/product.ts';
import type { ServerOverview } from '../../services/servers/server-service.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number, roundMoney } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import { age } from '../format/times.ts';
import { type Column, layoutColumns, rowPieces, titleLine } from '../list/table.ts';
import { shopRound } from '../servers/server-lines.ts';
import { shopLine } from '../shops/shop-lines.ts';
import { bar } from '../text/bar.ts';
import { sparkline } from '../text/sparkline.ts';
import type { Tone } from '../text/tones.ts';
import type { FirstPageRow } from './first-page-row.ts';
import { daysShown, howItIs, type ShopFacts, type ShopRow, shopRow } from './shop-facts.ts';

const barCells = 9;
const shortBarCells = 5;

/** A line of titles and a line a shop: how it is, linked of expected, links lost, differences, value, last sync, next round; as many as fit. */
export function shopRows(
  facts: ShopFacts,
  format: FormatContext,
  { width, rows: most }: { readonly width: number; readonly rows: number },
): { readonly titles: string; readonly rows: readonly FirstPageRow[] } {
  const all = facts.shops.map((overview) => shopRow(overview, facts, format.now));
  const rows = all.length <= most ? all : worstFirst(all, format).slice(0, Math.max(1, most - 1));
  const placed = layoutColumns(shopColumns(facts.servers, format), rows, width);
  return {
    titles: titleLine(placed, undefined, ['', '']),
    rows: [
      ...rows.map((row): FirstPageRow => {
        const { shop } = row.overview;
        return {
          id: `shop ${shop.id}`,
          section: 'shops',
          route: { screen: 'shop', shopId: shop.id },
          pieces: rowPieces(placed, row),
          about: [],
          shop: row.overview,
        };
      }),
      ...(all.length > rows.length && most > 1 ? [otherShops(all.length - rows.length, format)] : []),
    ],
  };
}

/** Where not all fit, those that something is wrong with stand first. */
const worstFirst = (rows: readonly ShopRow[], format: FormatContext): readonly ShopRow[] => {
  const order: readonly (Tone | undefined)[] = ['wrong', 'waiting'];
  const placeOf = (row: ShopRow): number =>
    (order.indexOf(howItIs(row, format).tone) + order.length + 1) % (order.length + 1);
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b));
};

const otherShops = (count: number, { words }: FormatContext): FirstPageRow => ({
  id: 'other shops',
  section: 'shops',
  route: { screen: 'shops' },
  pieces: [{ text: words.firstPage.rest(number(count, words)), tone: 'quiet' }],
  about: [],
});

const linkedBar = ({ linked, expected }: ShopRow, cells: number): string =>
  expected === undefined ? '' : bar(expected === 0 ? 1 : linked / expected, cells);

/** The losses of two days in one. */
const byTwoDays = (lost: readonly number[]): readonly number[] =>
  Array.from({ length: Math.ceil(lost.length / 2) }, (_, at) => (lost[2 * at] ?? 0) + (lost[2 * at + 1] ?? 0));

function shopColumns(servers: readonly ServerOverview[], format: FormatContext): readonly Column<ShopRow>[] {
  const { words } = format;
  const { column } = words.firstPage;
  const waiting = (shown: boolean): Tone | undefined => (shown ? 'waiting' : undefined);
  return [
    {
      id: 'shop',
      title: '',
      rank: 1,
      min: 5,
      max: 14,
      text: (row) => `${howItIs(row, format).sign} ${shopCode(row.overview.shop.id)}`,
      tone: (row) => howItIs(row, format).tone,
    },
    {
      id: 'bar',
      title: column.linked,
      rank: 1,
      min: barCells,
      max: barCells,
      text: (row) => linkedBar(row, barCells),
      short: (row) => linkedBar(row, shortBarCells),
      shortMin: shortBarCells,
      tone: (row) => howItIs(row, format).tone,
    },
    {
      id: 'linked',
      title: '',
      rank: 1,
      min: 5,
      max: 17,
      text: ({ linked, expected }) =>
        expected === undefined ? number(linked, words) : `${number(linked, words)}/${number(expected, words)}`,
    },
    {
      id: 'lost',
      title: column.lost,
      rank: 3,
      min: daysShown,
      max: daysShown,
      text: ({ lost }) => sparkline(lost, lost.length),
      short: ({ lost }) => sparkline(byTwoDays(lost), daysShown / 2),
      shortMin: daysShown / 2,
      shortTitle: column.lostShort,
      tone: () => 'waiting',
    },
    {
      id: 'differing',
      title: column.differing,
      rank: 2,
      min: 6,
      max: 9,
      align: 'right',
      text: ({ differing }) => (differing === 0 ? '' : number(differing, words)),
      tone: ({ differing }) => waiting(differing > 0),
    },
    {
      id: 'value',
      title: column.unsellable,
      rank: 4,
      min: 10,
      max: 22,
      align: 'right',
      text: ({ unsellable }) => moneyText(unsellable, format),
      tone: ({ unsellable }) => waiting(unsellable.length > 0),
    },
    {
      id: 'sync',
      title: column.lastSync,
      rank: 3,
      min: 10,
      // Half an age is none: the name beside it gives way first.
      max: 40,
      text: ({ overview }) => lastSync(overview, format),
      short: ({ overview }) => lastSync(overview, format, true),
      tone: ({ overview }) => (overview.health === 'good' && !overview.interrupted ? 'quiet' : 'waiting'),
    },
    ...(servers.some(({ running }) => running)
      ? [
          {
            id: 'next',
            title: column.next,
            rank: 5,
            min: 6,
            max: 26,
            text: ({ overview }: ShopRow) => shopRound(servers, overview.shop.id, format),
            tone: () => 'quiet' as const,
          },
        ]
      : []),
    {
      id: 'name',
      title: column.name,
      rank: 6,
      min: 8,
      max: 24,
      text: ({ overview }) => overview.shop.name,
      tone: () => 'quiet',
    },
  ];
}

const moneyText = (unsellable: readonly Money[], { words }: FormatContext): string =>
  [...Map.groupBy(unsellable, ({ currency }) => currency)]
    .map(([currency, amounts]) =>
      roundMoney({ currency, minor: amounts.reduce((sum, { minor }) => sum + minor, 0) }, words),
    )
    .join(' + ');

/** When the shop was last read, and whether it was whole; its health where it is not well. */
export function lastSync(overview: ShopOverview, format: FormatContext, short = false): string {
  const { words, now } = format;
  const { state, health, interrupted } = overview;
  const { sync } = words.firstPage;
  if (health !== 'good' && health !== 'stale') return shopLine(overview, format).health;
  const run = state?.run;
  if (run === undefined) return '';
  const when = age(run.endedAt ?? run.startedAt, now, words);
  if (run.outcome === 'refused' || run.outcome === 'unreachable') return sync.failed(when);
  if (interrupted || run.status === 'interrupted') return sync['broken-off'](when);
  if (run.outcome === 'partial' || run.outcome === 'stopped-by-guard')
    return `${words.domain.runOutcome[run.outcome]} ${when}`;
  if (run.kind === 'full') return sync.full(when);
  const whole = state?.lastComplete === undefined ? undefined : age(state.lastComplete.at, now, words);
  if (whole === when) return sync.full(when);
  return short || whole === undefined ? sync.changes(when) : `${sync.changes(when)}, ${sync.full(whole)}`;
}
