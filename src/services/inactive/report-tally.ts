import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { InactiveRow, Rung } from '../../domain/inactive/inactive-row.ts';
import { compareInactive } from '../../domain/inactive/judge-inactive.ts';
import { sumsOf } from '../../domain/money.ts';
import type { Money } from '../../domain/product.ts';
import type { InactiveReport } from './inactive-service.ts';

/** How rows are told apart and which are kept. */
export type TallyOptions = {
  readonly isAskedFor: (row: InactiveRow) => boolean;
  readonly withTicked: boolean;
  /** So many rows are kept, the first in order; all where nothing is said. */
  readonly keep?: number;
};

type Numbered = { readonly row: InactiveRow; readonly number: number };
type Part = {
  readonly first: FirstRows;
  readonly byRung: Record<Rung, number>;
  ticked: number;
  /** Rows that are off show, asked for or not. */
  offShow: number;
};

/**
 * Adds a report up product by product, so that what it keeps is as much as is shown, however many rows there are. What
 * is off show is added up shop by shop: whether it counts is known only when all has been seen.
 */
export function makeReportTally({ isAskedFor, withTicked, keep }: TallyOptions) {
  const onShow = makePart(keep);
  const offShow = new Map<ShopId, Part>();
  let surely: readonly Money[] = [];
  /** Of products whose every row is off show: the shops of those rows, and the goods' value. */
  const perhaps = new Map<string, { readonly shopIds: readonly ShopId[]; value: readonly Money[] }>();
  let numbered = 0;

  const partOf = (row: InactiveRow): Part => {
    if (!isOffShow(row)) return onShow;
    const part = offShow.get(row.shopId) ?? makePart(keep);
    offShow.set(row.shopId, part);
    part.offShow += 1;
    return part;
  };
  const addProduct = (rows: readonly InactiveRow[]): void => {
    const counted: InactiveRow[] = [];
    for (const row of rows) {
      numbered += 1;
      const part = partOf(row);
      if (!isAskedFor(row)) continue;
      if (row.tick !== undefined) part.ticked += 1;
      if (row.tick !== undefined && !withTicked) continue;
      part.byRung[row.rung] += 1;
      part.first.add({ row, number: numbered });
      counted.push(row);
    }
    // Goods that are missing in several shops lie on the shelf only once.
    const value = counted[0]?.value;
    if (value === undefined) return;
    if (counted.some((row) => !isOffShow(row))) {
      surely = sumsOf([...surely, value]);
      return;
    }
    const shopIds = [...new Set(counted.map(({ shopId }) => shopId))].toSorted();
    const key = shopIds.join(' ');
    perhaps.set(key, { shopIds, value: sumsOf([...(perhaps.get(key)?.value ?? []), value]) });
  };

  return {
    /** All rows of some products; a product's rows come together. */
    add(rows: readonly InactiveRow[]): void {
      for (const ofProduct of Map.groupBy(rows, (row): ProductId => row.productId).values()) addProduct(ofProduct);
    },
    /** The sum. A shop that shows most of its goods in no list sells elsewhere: what is off show there says nothing. */
    sum(isUnlisted: (shopId: ShopId, offShow: number) => boolean): Sum {
      const listed = [...offShow].filter(([shopId, part]) => !isUnlisted(shopId, part.offShow));
      const shops = new Set(listed.map(([shopId]) => shopId));
      const parts = [onShow, ...listed.map(([, part]) => part)];
      const rows = parts.flatMap(({ first }) => first.inOrder()).toSorted(inOrder);
      const byRung = countsOf(parts);
      const rest = [...perhaps.values()].filter(({ shopIds }) => shopIds.some((shopId) => shops.has(shopId)));
      return {
        rows: rows.map(({ row }) => row),
        total: Object.values(byRung).reduce((sum, many) => sum + many, 0),
        byRung,
        value: sumsOf([...surely, ...rest.flatMap(({ value }) => value)]),
        ticked: parts.reduce((sum, { ticked }) => sum + ticked, 0),
      };
    },
  };
}
type Sum = Pick<InactiveReport, 'rows' | 'total' | 'byRung' | 'value' | 'ticked'>;

const isOffShow = ({ signals }: InactiveRow): boolean => signals[0].kind === 'not-visible';

const noRungs = (): Record<Rung, number> => ({ confirmed: 0, likely: 0, unsure: 0, 'probably-slow-seller': 0 });
const makePart = (keep: number | undefined): Part => ({
  first: makeFirstRows(keep),
  byRung: noRungs(),
  ticked: 0,
  offShow: 0,
});

function countsOf(parts: readonly Part[]): Record<Rung, number> {
  const sum = noRungs();
  for (const { byRung } of parts)
    for (const rung of ['confirmed', 'likely', 'unsure', 'probably-slow-seller'] as const) sum[rung] += byRung[rung];
  return sum;
}

/** The order of a report; rows that weigh the same stay as they came. */
const inOrder = (a: Numbered, b: Numbered): number => compareInactive(a.row, b.row) || a.number - b.number;

type FirstRows = { readonly add: (row: Numbered) => void; readonly inOrder: () => readonly Numbered[] };

/** The first so many of any number of rows: never more than twice as many are held. */
function makeFirstRows(keep: number | undefined): FirstRows {
  let held: Numbered[] = [];
  const cut = (): void => {
    held = held.toSorted(inOrder).slice(0, keep);
  };
  return {
    add(row) {
      held.push(row);
      if (keep !== undefined && held.length > 2 * keep + 100) cut();
    },
    inOrder() {
      cut();
      return held;
    },
  };
}
