import type { Money } from '../../domain/product.ts';
import type { ShopOverview } from '../../services/shops/shop-service.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number, roundMoney } from '../format/numbers.ts';
import { ago } from '../format/times.ts';
import { shopLine } from '../shops/shop-lines.ts';
import { padLeft, padRight, widthOf } from '../text/cell-text.ts';
import { sparkline } from '../text/sparkline.ts';
import type { Piece, Tone } from '../text/tones.ts';
import type { FirstPageRow } from './first-page-row.ts';

/** One shop as the first page tells of it. */
export type ShopFacts = {
  readonly overview: ShopOverview;
  readonly linked: number;
  /** Absent while it is being counted. */
  readonly expected?: number;
  readonly differing: number;
  /** Links lost a day, the newest last. */
  readonly lost: readonly number[];
  /** What lies on the shelf and cannot be bought there. */
  readonly unsellable: readonly Money[];
};

const barCells = 9;

const bar = (share: number): string => {
  // Full only when nothing is missing.
  const filled = share >= 1 ? barCells : Math.min(barCells - 1, Math.round(share * barCells));
  return '█'.repeat(filled) + '░'.repeat(barCells - filled);
};

/** A cell of a column that is as wide as its widest text. */
type Cell = { readonly text: string; readonly tone?: Tone; readonly align?: 'right' };

/** A line a shop: how it is, linked of expected, links lost over two weeks, differences, value, last full sync; as many as fit. */
export function shopRows(shops: readonly ShopFacts[], format: FormatContext, width: number): readonly FirstPageRow[] {
  const lines = shops.map((one) => cellsOf(one, format));
  const widths = (lines[0] ?? []).map((_, at) => Math.max(...lines.map((cells) => widthOf(cells[at]?.text ?? ''))));
  return shops.map(({ overview }, index): FirstPageRow => {
    let left = width;
    const pieces: Piece[] = [];
    for (const [at, cell] of (lines[index] ?? []).entries()) {
      const wide = widths[at] ?? 0;
      if (wide === 0 || wide + 2 > left) continue;
      left -= wide + 2;
      pieces.push({
        text: `${(cell.align === 'right' ? padLeft : padRight)(cell.text, wide)}  `,
        tone: cell.tone,
      });
    }
    return {
      id: `shop ${overview.shop.id}`,
      section: 'shops',
      route: { screen: 'shop', shopId: overview.shop.id },
      pieces,
    };
  });
}

function cellsOf(facts: ShopFacts, format: FormatContext): readonly Cell[] {
  const { words, now } = format;
  const { overview, linked, expected, differing, lost, unsellable } = facts;
  const line = shopLine(overview, format);
  const full = expected !== undefined && linked >= expected && differing === 0;
  const tone: Tone | undefined = line.tone === 'good' && expected !== undefined && !full ? 'waiting' : line.tone;
  const at = overview.state?.lastComplete?.at;
  const value = [...Map.groupBy(unsellable, ({ currency }) => currency)].map(([currency, amounts]) =>
    roundMoney({ currency, minor: amounts.reduce((sum, { minor }) => sum + minor, 0) }, words),
  );
  return [
    { text: `${tone === 'waiting' && line.tone === 'good' ? '◐' : line.sign} ${overview.shop.id.toUpperCase()}`, tone },
    { text: expected === undefined ? '' : bar(expected === 0 ? 1 : linked / expected), tone },
    { text: expected === undefined ? number(linked, words) : `${number(linked, words)}/${number(expected, words)}` },
    { text: overview.health === 'good' && line.tone === 'good' ? '' : line.health, tone: line.tone },
    { text: differing === 0 ? '' : words.screen.stockDifferences(number(differing, words)), tone: 'waiting' },
    { text: at === undefined ? '' : words.screen.lastFullSync(ago(at, now, words)), tone: 'quiet' },
    { text: value.length === 0 ? '' : words.screen.cannotBeBought(value.join(' + ')), tone: 'waiting' },
    { text: sparkline(lost, lost.length), tone: 'waiting' },
    { text: overview.shop.name, tone: 'quiet' },
  ];
}
