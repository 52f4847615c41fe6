import type { LineFilter } from '../../ports/store-questions.ts';
import type { Line } from '../lines/place-lines.ts';
import { makeSortedList, type Order, type SortedList } from '../tables/sorted-list.ts';

/** The marks that lines are counted by. A doubtful line is hidden until some moment, and bears no other. */
export const lineMarks = {
  all: 0,
  linked: 1,
  missing: 2,
  conflict: 3,
  'stock-differs': 4,
  'linked-in-stock': 5,
  doubtful: 6,
} as const satisfies Readonly<Record<LineFilter | 'linked-in-stock' | 'doubtful', number>>;

/** Where a line stands in the list of a shop. */
export type LinePlace = Pick<Line, 'sort' | 'key'>;
/** Where it stands among those of all shops, product by product. */
export type ProductPlace = Pick<Line, 'productId' | 'shopId'>;

export const compareText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
const inOrder: Order<Line, LinePlace> = {
  compare: (a, b) => compareText(a.sort, b.sort) || compareText(a.key, b.key),
  marksOf: (line) => {
    if (line.hiddenUntil !== undefined) return 1 << lineMarks.doubtful;
    const isLinkedInStock = line.inStock && line.state === 'linked';
    return (
      (1 << lineMarks.all) |
      (1 << lineMarks[line.state]) |
      (Number(line.differs) << lineMarks['stock-differs']) |
      (Number(isLinkedInStock) << lineMarks['linked-in-stock'])
    );
  },
};
const byProduct: Order<Line, ProductPlace> = {
  compare: (a, b) => compareText(a.productId ?? '', b.productId ?? '') || compareText(a.shopId, b.shopId),
};

/** The lines of a shop's list, each in its place. */
export type ShopList = {
  readonly lines: SortedList<Line, LinePlace>;
  /** Lines that are not shown until some moment. */
  readonly hidden: ReadonlySet<Line>;
  /** Lines of which it is not certain that the shop was told, by their products. */
  readonly unsent: () => SortedList<Line, ProductPlace>;
  readonly put: (line: Line) => void;
  readonly drop: (line: Line) => void;
};

/** A list of lines that come in their order. */
export function makeShopList(given: readonly Line[]): ShopList {
  const lines = makeSortedList(inOrder, given);
  const hidden = new Set(given.filter(({ hiddenUntil }) => hiddenUntil !== undefined));
  const unsent = productLines(({ unsent: isUnsent }) => isUnsent);
  return {
    lines,
    hidden,
    unsent: () => unsent.of(lines.from()),
    put(line) {
      lines.add(line);
      if (line.hiddenUntil !== undefined) hidden.add(line);
      unsent.put(line);
    },
    drop(line) {
      lines.remove(line);
      hidden.delete(line);
      unsent.drop(line);
    },
  };
}

/** Lines of some kind by their products: put in order when somebody first asks for them, and kept in it. */
export function productLines(isOfKind: (line: Line) => boolean) {
  let made: SortedList<Line, ProductPlace> | undefined;
  return {
    of: (all: Iterable<Line>): SortedList<Line, ProductPlace> => {
      made ??= makeSortedList(byProduct, [...all].filter(isOfKind).sort(byProduct.compare));
      return made;
    },
    put: (line: Line): void => {
      if (made !== undefined && isOfKind(line)) made.add(line);
    },
    drop: (line: Line): void => {
      if (made !== undefined && isOfKind(line)) made.remove(line);
    },
  };
}
