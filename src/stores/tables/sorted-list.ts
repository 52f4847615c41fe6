/**
 * Rows in an order, of which one may come or go without a pass over the others: they lie in pieces of some hundred.
 * Each piece knows how many of its rows bear each mark, so that whole pieces are passed over on the way to a page.
 */
export type SortedList<Row extends Place, Place = Row> = {
  readonly add: (row: Row) => void;
  /** Takes away the row that stands in a place of the order. Answers it. */
  readonly remove: (place: Place) => Row | undefined;
  /** The row that stands in a place of the order. */
  readonly find: (place: Place) => Row | undefined;
  /** The rows from the first that comes not before a place, in order; all of them where none is named. */
  readonly from: (place?: Place) => Generator<Row>;
  /** The rows that pass, after so many of them: those that bear a mark, and of those with the doubtful one perhaps some. */
  readonly marked: (mark: number, asked: MarkedQuery<Row>) => Generator<Row>;
  /** How many rows bear a mark. */
  readonly count: (mark: number) => number;
};

export type Order<Row extends Place, Place = Row> = {
  /** Below 0 where the first comes before the second; 0 where both have the same place, which one row alone has. */
  readonly compare: (a: Place, b: Place) => number;
  /** A bit for each mark that a row bears. */
  readonly marksOf?: (row: Row) => number;
};

export type MarkedQuery<Row> = {
  readonly after: number;
  readonly doubtful: number;
  readonly passes: (row: Row) => boolean;
};

type Piece<Row> = { readonly rows: Row[]; readonly counts: number[] };

const most = 512;
const marksAtMost = 8;

/** A list of rows that come in their order already. */
export function makeSortedList<Row extends Place, Place = Row>(
  { compare, marksOf = () => 0 }: Order<Row, Place>,
  given: Iterable<Row> = [],
): SortedList<Row, Place> {
  const pieces: Piece<Row>[] = [];
  const totals = noCounts();

  const tally = (counts: number[], row: Row, by: 1 | -1): void => {
    for (let mark = 0, bits = marksOf(row); bits !== 0; mark += 1, bits >>>= 1)
      if ((bits & 1) === 1) counts[mark] = (counts[mark] ?? 0) + by;
  };
  const pieceOf = (rows: Row[]): Piece<Row> => {
    const counts = noCounts();
    for (const row of rows) tally(counts, row, 1);
    return { rows, counts };
  };
  /** Where the first stands that does not come before a place: of the pieces by their last rows, or in a piece. */
  const placeOf = <Item>(items: readonly Item[], place: Place, last: (item: Item) => Row | undefined): number => {
    let [from, to] = [0, items.length];
    while (from < to) {
      const middle = (from + to) >>> 1;
      const item = items[middle];
      const other = item === undefined ? undefined : last(item);
      if (other !== undefined && compare(other, place) < 0) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  const pieceFor = (place: Place): number => placeOf(pieces, place, ({ rows }) => rows.at(-1));
  const indexIn = ({ rows }: Piece<Row>, place: Place): number => placeOf(rows, place, (one) => one);

  function* inPieces(): Generator<Piece<Row>> {
    let rows: Row[] = [];
    for (const row of given) {
      rows.push(row);
      if (rows.length < (most * 3) / 4) continue;
      yield pieceOf(rows);
      rows = [];
    }
    if (rows.length > 0) yield pieceOf(rows);
  }
  for (const piece of inPieces()) {
    pieces.push(piece);
    for (const [mark, count] of piece.counts.entries()) totals[mark] = (totals[mark] ?? 0) + count;
  }

  return {
    add(row) {
      tally(totals, row, 1);
      // What comes after all others goes into the last piece.
      const at = Math.min(pieceFor(row), pieces.length - 1);
      const piece = pieces[at];
      if (piece === undefined) {
        pieces.push(pieceOf([row]));
        return;
      }
      piece.rows.splice(indexIn(piece, row), 0, row);
      if (piece.rows.length <= most) tally(piece.counts, row, 1);
      else pieces.splice(at, 1, pieceOf(piece.rows.slice(0, most / 2)), pieceOf(piece.rows.slice(most / 2)));
    },
    remove(place) {
      const at = pieceFor(place);
      const piece = pieces[at];
      const index = piece === undefined ? 0 : indexIn(piece, place);
      const there = piece?.rows[index];
      if (piece === undefined || there === undefined || compare(there, place) !== 0) return undefined;
      piece.rows.splice(index, 1);
      tally(piece.counts, there, -1);
      tally(totals, there, -1);
      if (piece.rows.length === 0) pieces.splice(at, 1);
      return there;
    },
    find(place) {
      const piece = pieces[pieceFor(place)];
      const there = piece?.rows[indexIn(piece, place)];
      return there !== undefined && compare(there, place) === 0 ? there : undefined;
    },
    *from(place) {
      const first = place === undefined ? 0 : pieceFor(place);
      for (let at = first; at < pieces.length; at += 1) {
        const piece = pieces[at];
        if (piece === undefined) return;
        const rows = place === undefined || at > first ? piece.rows : piece.rows.slice(indexIn(piece, place));
        yield* rows;
      }
    },
    *marked(mark, { after, doubtful, passes }) {
      let left = after;
      for (const { rows, counts } of pieces) {
        const own = counts[mark] ?? 0;
        if (counts[doubtful] === 0 && own <= left) {
          left -= own;
          continue;
        }
        for (const row of rows) {
          if (!passes(row)) continue;
          if (left > 0) left -= 1;
          else yield row;
        }
      }
    },
    count: (mark) => totals[mark] ?? 0,
  };
}

const noCounts = (): number[] => new Array<number>(marksAtMost).fill(0);

const byText = { compare: (a: string, b: string): number => (a < b ? -1 : Number(a > b)) };

/** A list of texts that are in order already. */
export const sortedTexts = (texts: Iterable<string>): SortedList<string> => makeSortedList(byText, texts);
