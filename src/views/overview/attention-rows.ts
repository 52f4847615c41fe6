import type { Attention } from '../../services/overview/overview-service.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number, roundMoney } from '../format/numbers.ts';
import { shopCode } from '../format/refs.ts';
import { ago } from '../format/times.ts';
import { refusalReason } from '../push/push-lines.ts';
import { clean, cut, widthOf } from '../text/cell-text.ts';
import type { AttentionItem, FirstPageRow } from './first-page-row.ts';
import { patternItems } from './pattern-items.ts';
import { shopItems } from './shop-items.ts';

export type AttentionFacts = {
  readonly attention: Attention;
  readonly conflicts: number;
  readonly shops: readonly ShopOverview[];
};

/** Rows that are kept for what is no pattern. */
const otherRows = 5;

/** What needs a person: what keeps everything else from being known, then the newest and mendable first; grouped. */
export function attentionRows(
  facts: AttentionFacts,
  format: FormatContext,
  { width, rows }: { readonly width: number; readonly rows: number },
): readonly FirstPageRow[] {
  const { attention } = facts;
  const rest = [
    ...conflictItems(facts.conflicts, format),
    ...differenceItems(attention, format),
    ...stuckItems(attention, format),
    ...heldItems(attention, format),
    ...inactiveItems(attention, format),
    ...noteItems(attention, format),
  ];
  const shops = shopItems(facts.shops, format);
  const room = Math.max(1, rows - shops.length - Math.min(otherRows, rest.length));
  return [...shops, ...patternItems(attention.patterns, format, room), ...rest]
    .slice(0, Math.max(1, rows))
    .map((item) => rowOf(item, width));
}

/** The first that fits; else the last, cut. */
const fitting = (said: readonly string[], width: number): string =>
  said.find((one) => widthOf(one) <= width) ?? cut(said.at(-1) ?? '', width);

const rowOf = (
  { id, said, shorter = [], route, tone, about, repair, productIds, conflicts }: AttentionItem,
  width: number,
): FirstPageRow => ({
  id,
  section: 'attention',
  route,
  pieces: [{ text: `${tone === 'wrong' ? '▲' : '◐'} `, tone }, { text: fitting([said, ...shorter], width - 2) }],
  // What the row says already is not said again beside it.
  about: [
    ...(about.length > 0 ? about : [{ text: said, tone: 'strong' as const }]),
    ...(repair === '' ? [] : [{ text: `→ ${repair}`, tone: 'accent' as const }]),
  ],
  productIds,
  conflicts,
});

function differenceItems({ differences }: Attention, { words }: FormatContext): readonly AttentionItem[] {
  const { count, old, byShop, productIds } = differences;
  if (count === 0) return [];
  const products = words.domain.products(number(productIds.length, words));
  const each = [...byShop].map(([shopId, here]) => `${shopCode(shopId)} ${number(here, words)}`).join(', ');
  return [
    {
      id: 'differs',
      said: words.firstPage.differences(number(count, words), products, old === 0 ? '' : number(old, words)),
      route: { screen: 'products', asked: productIds, about: 'differs' },
      tone: 'waiting',
      about: [{ text: words.firstPage.differencesAbout }, { text: each, tone: 'quiet' }],
      repair: words.firstPage.differencesRepair,
      productIds,
    },
  ];
}

/** Links that no figure goes over until something is mended at the product: sending again is of no use. */
function stuckItems({ differences: { stuck } }: Attention, { words }: FormatContext): readonly AttentionItem[] {
  const count = [...stuck.byWhy.values()].reduce((sum, one) => sum + one, 0);
  if (count === 0) return [];
  const whys = [...stuck.byWhy]
    .toSorted(([, a], [, b]) => b - a)
    .map(([why, here]) => `${refusalReason(why, words)}${stuck.byWhy.size === 1 ? '' : ` (${number(here, words)})`}`);
  const said = words.firstPage.stuck(number(count, words));
  return [
    {
      id: 'stuck',
      said: `${said}: ${whys.join(', ')}`,
      shorter: [said],
      route: { screen: 'products', asked: stuck.productIds, about: 'stuck' },
      tone: 'waiting',
      about: [{ text: words.firstPage.stuckAbout }],
      repair: words.firstPage.stuckRepair,
      productIds: stuck.productIds,
    },
  ];
}

function heldItems({ held }: Attention, { words }: FormatContext): readonly AttentionItem[] {
  const { byGuard, productIds } = held;
  const count = [...byGuard.values()].reduce((sum, one) => sum + one, 0);
  if (count === 0) return [];
  const guards = [...byGuard]
    .toSorted(([, a], [, b]) => b - a)
    .map(([guard, here]) => (byGuard.size === 1 ? '' : `${number(here, words)} `) + words.firstPage.guard[guard]);
  const ofThese = (shown: readonly string[]): string => words.firstPage.held(number(count, words), shown.join(', '));
  const most = (shown: number): string => ofThese([...guards.slice(0, shown), words.firstPage.otherGuards]);
  return [
    {
      id: 'held',
      said: ofThese(guards),
      shorter: Array.from({ length: guards.length - 1 }, (_, left) => most(guards.length - 1 - left)),
      route: { screen: 'push', productIds, make: true },
      tone: 'waiting',
      about: [{ text: words.firstPage.heldAbout }],
      repair: words.firstPage.heldRepair,
      productIds,
    },
  ];
}

function conflictItems(conflicts: number, { words }: FormatContext): readonly AttentionItem[] {
  if (conflicts === 0) return [];
  return [
    {
      id: 'conflicts',
      said: words.domain.conflicts(number(conflicts, words)),
      route: { screen: 'conflicts' },
      tone: 'wrong',
      about: [],
      repair: words.firstPage.conflictsRepair,
      conflicts: true,
    },
  ];
}

function inactiveItems({ report }: Attention, { words }: FormatContext): readonly AttentionItem[] {
  if (report.total === 0) return [];
  const productIds = [...new Set(report.rows.map(({ productId }) => productId))];
  const value = report.value.map((amount) => roundMoney(amount, words)).join(' + ');
  return [
    {
      id: 'inactive',
      said: words.firstPage.inactive(words.domain.products(number(productIds.length, words)), value),
      route: { screen: 'inactive' },
      tone: 'waiting',
      about: [],
      repair: words.firstPage.inactiveRepair,
      productIds,
    },
  ];
}

function noteItems({ notes }: Attention, format: FormatContext): readonly AttentionItem[] {
  const { words, now, productName } = format;
  if (notes.length === 0) return [];
  const productIds = [...new Set(notes.map(({ productId }) => productId))];
  return [
    {
      id: 'notes',
      said: words.firstPage.notes(number(notes.length, words)),
      route: { screen: 'products', asked: productIds, about: 'notes' },
      tone: 'waiting',
      about: notes.slice(0, otherRows).map(({ productId, text, by, at }) => ({
        text: `${productName(productId)}: ${clean(text ?? '')} (${words.firstPage.noteBy(by, ago(at, now, words))})`,
      })),
      repair: words.firstPage.notesRepair,
      productIds,
    },
  ];
}
