import type { StoredEvent } from '../../domain/event.ts';
import { actsOf } from '../../domain/history/acts.ts';
import { millisecondsOf, type ShopId } from '../../domain/ids.ts';
import type { InactiveReport } from '../../services/inactive/inactive-service.ts';
import type { IntegrationPage } from '../../services/integrations/integration-service.ts';
import type { Pattern } from '../../services/patterns/pattern-service.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number, roundMoney } from '../format/numbers.ts';
import { age } from '../format/times.ts';
import { actId, actLine } from '../history/act-lines.ts';
import type { Route } from '../navigation/route.ts';
import { patternLine } from '../patterns/pattern-lines.ts';
import { cut } from '../text/cell-text.ts';
import type { Tone } from '../text/tones.ts';
import type { FirstPageRow } from './first-page-row.ts';
import { type ShopFacts, shopRows } from './shop-rows.ts';

export type FirstPageFacts = {
  readonly conflicts: number;
  readonly shops: readonly ShopOverview[];
  /** The newest first. */
  readonly events: readonly StoredEvent[];
  /** Absent while they are being worked out. */
  readonly report?: InactiveReport;
  readonly patterns?: readonly Pattern[];
  readonly counts?: ReadonlyMap<ShopId, IntegrationPage['counts']>;
};

/** Titles and blanks between the parts. */
const titleRows = 4;
/** Rows that are kept for what is no pattern: differences, conflicts, inactive with stock. */
const otherRows = 3;

/** What needs a person, newest and mendable first; the shops; what happened last. Every row has its own place. */
export function firstPageRows(
  facts: FirstPageFacts,
  format: FormatContext,
  space: { readonly main: number; readonly recent: number; readonly rows: number },
): readonly FirstPageRow[] {
  return [
    ...attentionRows(facts, format, space.main, space.rows - facts.shops.length - titleRows),
    ...shopRows(shopFacts(facts), format, space.main),
    ...recentRows(facts, format, space.recent),
  ];
}

type Attention = { readonly id: string; readonly said: string; readonly route: Route; readonly tone: Tone };

const row = ({ id, said, route, tone }: Attention, width: number): FirstPageRow => ({
  id,
  section: 'attention',
  route,
  pieces: [{ text: `${tone === 'wrong' ? '▲' : '◐'} `, tone }, { text: cut(said, width - 2) }],
});

function attentionRows(
  facts: FirstPageFacts,
  format: FormatContext,
  width: number,
  maxRows: number,
): readonly FirstPageRow[] {
  const { words } = format;
  const { conflicts, report, patterns = [] } = facts;
  const count = (value: number): string => number(value, words);
  const rows: FirstPageRow[] = patterns
    .toSorted((a, b) => ((a.from ?? '') < (b.from ?? '') ? 1 : -1))
    .slice(0, Math.max(1, maxRows - otherRows))
    .map((pattern, at) => {
      const said = `${pattern.shopId.toUpperCase()}: ${count(pattern.count)} ${patternLine(pattern, format).short}`;
      return row(
        { id: `pattern ${at}`, said, route: routeOf(pattern), tone: pattern.from === undefined ? 'waiting' : 'wrong' },
        width,
      );
    });
  rows.push(
    ...differenceRows(facts, format, { width, merged: rows.length + facts.shops.length + otherRows > maxRows }),
  );
  if (conflicts > 0)
    rows.push(
      row(
        {
          id: 'conflicts',
          said: words.domain.conflicts(count(conflicts)),
          route: { screen: 'conflicts' },
          tone: 'wrong',
        },
        width,
      ),
    );
  if (report !== undefined && report.total > 0) {
    const value = report.value.map((amount) => roundMoney(amount, words)).join(' + ');
    const said = `${count(report.total)} ${words.screen.inactiveLines(count(report.total))}`;
    const whole = value === '' ? said : `${said}: ${words.screen.atRisk(value)}`;
    rows.push(row({ id: 'inactive', said: whole, route: { screen: 'inactive' }, tone: 'waiting' }, width));
  }
  return rows;
}

/** Shops that show other figures than ours: a row each, or all in one where there is little room. */
function differenceRows(
  { shops, counts }: FirstPageFacts,
  { words }: FormatContext,
  { width, merged }: { readonly width: number; readonly merged: boolean },
): readonly FirstPageRow[] {
  const found = shops.flatMap(({ shop }) => {
    const differing = counts?.get(shop.id)?.['stock-differs'] ?? 0;
    return differing === 0 ? [] : [{ shop, differing, code: shop.id.toUpperCase() }];
  });
  const routeTo = (shopId: ShopId): Route => ({ screen: 'integrations', shopId, filter: 'stock-differs' });
  const said = (value: number): string => words.screen.stockDifferences(number(value, words));
  const [worst] = found.toSorted((a, b) => b.differing - a.differing);
  if (worst === undefined) return [];
  if (merged && found.length > 1) {
    const sum = said(found.reduce((total, { differing }) => total + differing, 0));
    const each = found.map(({ code, differing }) => `${code} ${number(differing, words)}`).join(', ');
    return [row({ id: 'differs', said: `${sum}: ${each}`, route: routeTo(worst.shop.id), tone: 'waiting' }, width)];
  }
  return found.map(({ shop, differing, code }) =>
    row(
      { id: `differs ${shop.id}`, said: `${code}: ${said(differing)}`, route: routeTo(shop.id), tone: 'waiting' },
      width,
    ),
  );
}

/** Where exactly the rows of a pattern are. */
function routeOf({ repair, shopId, productIds }: Pattern): Route {
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
      return { screen: 'integrations', shopId, only: productIds };
    default:
      return repair satisfies never;
  }
}

function recentRows({ events }: FirstPageFacts, format: FormatContext, width: number): readonly FirstPageRow[] {
  return actsOf(events).map((act): FirstPageRow => {
    const line = actLine(act, format);
    const when = `${age(act.events[0].at, format.now, format.words).padEnd(8)}`;
    const said = line.shop === '' ? line.sentence : `${line.shop}: ${line.sentence}`;
    const sign = line.tone === 'wrong' ? '✗ ' : line.tone === 'waiting' ? '◐ ' : '· ';
    return {
      id: `act ${actId(act)}`,
      section: 'recent',
      route: { screen: 'activity', act: act.events.map(({ seq }) => seq) },
      pieces: [
        { text: sign, tone: line.tone },
        { text: when, tone: 'quiet' },
        { text: cut(said, Math.max(10, width - 10)) },
      ],
    };
  });
}

const day = 24 * 3_600_000;
const daysShown = 14;

/** What is known of each shop, put together from the lists and the last two weeks. */
function shopFacts({ shops, counts, report, events }: FirstPageFacts): readonly ShopFacts[] {
  const newest = events[0]?.at;
  return shops.map((overview): ShopFacts => {
    const here = counts?.get(overview.shop.id);
    const lost = Array.from({ length: daysShown }, () => 0);
    for (const event of events) {
      if (event.type !== 'integration-removed' || event.integration.ref.shopId !== overview.shop.id) continue;
      const back = newest === undefined ? 0 : Math.floor((millisecondsOf(newest) - millisecondsOf(event.at)) / day);
      const at = daysShown - 1 - back;
      if (at >= 0) lost[at] = (lost[at] ?? 0) + 1;
    }
    const value = (report?.rows ?? []).filter(({ shopId }) => shopId === overview.shop.id);
    return {
      overview,
      linked: here?.linked ?? overview.counts.integrations,
      expected: here === undefined ? undefined : here.linked + here.missing + here.conflict,
      differing: here?.['stock-differs'] ?? 0,
      lost,
      unsellable: value.flatMap((one) => one.value ?? []),
    };
  });
}
