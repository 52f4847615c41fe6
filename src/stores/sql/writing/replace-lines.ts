import { sql } from 'kysely';
import type { Shop } from '../../../domain/shop.ts';
import type { Line } from '../../lines/place-lines.ts';
import { plain } from '../columns.ts';
import type { Counting } from '../counters.ts';
import type { Cell } from '../engine.ts';
import { insertRows, rowPieces } from '../insert-rows.ts';
import type { Tools } from './line-sources.ts';

export type LineWork = Tools & { readonly counting: Counting; readonly shops: readonly Shop[] };

/** A line as it lies in its table. */
export type LineRow = {
  shop_id: string;
  key: string;
  product_id: string | null;
  ref_key: string | null;
  state: Line['state'];
  differs: number;
  unsent: number;
  hidden_until: string | null;
  sort: string;
  search: string;
  in_stock: number;
  suspect: number;
  quiet_since: string;
};

const text = (name: string) => ({ name, holds: 'text' as const });
const foundBy = ['shop_id', 'key', 'product_id', 'ref_key', 'state', 'hidden_until', 'sort', 'search', 'quiet_since'];
const textColumns = foundBy.map(text);
const markColumns = ['differs', 'in_stock', 'suspect', 'unsent'].map((name) => ({ name, holds: 'number' as const }));
const columns = [...textColumns, ...markColumns];
/** What is asked for of a line `t`. Each by its name: a statement with a `*` is planned anew every time. */
export const lineRow = sql.join(columns.map(({ name }) => sql.ref(`t.${name}`)));
const sets = sql.join(markColumns.map(({ name }) => sql`${sql.ref(name)} = x.${sql.ref(name)}`));

const cellsOf = (line: Line): readonly Cell[] => [
  line.shopId,
  plain(line.key),
  line.productId ?? null,
  line.refKey ?? null,
  line.state,
  line.hiddenUntil ?? null,
  plain(line.sort),
  plain(line.text),
  line.quietSince,
  ...[line.differs, line.inStock, line.suspect, line.unsent].map(Number),
];
const cellsOfRow = (row: LineRow): readonly Cell[] => [
  ...[row.shop_id, row.key, row.product_id, row.ref_key, row.state, row.hidden_until, row.sort, row.search],
  ...[row.quiet_since, row.differs, row.in_stock, row.suspect, row.unsent],
];

/** The lines that stand, of products (`p`) or of conflicts alone (`c`). */
export const standing = (
  { ask, dialect }: Tools,
  column: string,
  values: readonly string[],
  kind: 'p' | 'c',
): Promise<readonly LineRow[]> =>
  ask(sql<LineRow>`
    select ${lineRow} from shop_lines t
    where ${dialect.oneOf(`t.${column}`, values)} and substr(t.key, 1, 2) = ${`${kind}\u001f`}`);

const nameOf = (cells: readonly Cell[]): string => `${cells[0]}\n${cells[1]}`;

/** Puts lines in the place of those that stood there, and writes those alone that are others than they were. */
export async function replaceLines(work: LineWork, before: readonly LineRow[], lines: readonly Line[]): Promise<void> {
  const old = new Map(before.map((row) => [nameOf(cellsOfRow(row)), row]));
  const changed: (readonly Cell[])[] = [];
  const marked: (readonly Cell[])[] = [];
  for (const line of lines) {
    const cells = cellsOf(line);
    const name = nameOf(cells);
    const row = old.get(name);
    old.delete(name);
    const was = row && cellsOfRow(row);
    const isSame = (cell: Cell, place: number): boolean => cell === cells[place];
    if (was?.every(isSame)) continue;
    if (row !== undefined) count(work, row, -1);
    countNew(work, line);
    if (was?.slice(0, textColumns.length).every(isSame))
      marked.push([...cells.slice(0, 2), ...cells.slice(textColumns.length)]);
    else changed.push(cells);
  }
  for (const row of old.values()) count(work, row, -1);
  for (const [shopId, rows] of Map.groupBy(old.values(), ({ shop_id }) => shop_id)) {
    const keys = rows.map(({ key }) => key);
    await work.ask(sql`delete from shop_lines where shop_id = ${shopId} and ${work.dialect.oneOf('key', keys)}`);
  }
  // Other marks alone, as figures give: nothing that a list is in the order of is written again.
  const keys = textColumns.slice(0, 2);
  for (const piece of rowPieces(marked)) {
    await work.ask(sql`
      update shop_lines set ${sets} from (${work.dialect.select([...keys, ...markColumns], piece)}) x
      where shop_lines.shop_id = x.shop_id and shop_lines.key = x.key`);
  }
  await insertRows(
    work,
    { table: 'shop_lines', columns, standing: { key: ['shop_id', 'key'], whenThere: 'replace' } },
    changed,
  );
}

/** Writes lines where none stand yet. */
export async function addLines(work: LineWork, lines: readonly Line[]): Promise<void> {
  for (const line of lines) countNew(work, line);
  await insertRows(work, { table: 'shop_lines', columns }, lines.map(cellsOf));
}

const countNew = (work: LineWork, line: Line): void =>
  count(
    work,
    {
      shop_id: line.shopId,
      state: line.state,
      differs: line.differs ? 1 : 0,
      hidden_until: line.hiddenUntil ?? null,
      in_stock: line.inStock ? 1 : 0,
    },
    1,
  );

/** Hidden lines are counted when they are asked for: that they are hidden ends by itself. */
function count(
  { counting }: LineWork,
  row: Pick<LineRow, 'shop_id' | 'state' | 'differs' | 'hidden_until' | 'in_stock'>,
  by: 1 | -1,
): void {
  if (row.hidden_until !== null) return;
  counting.add(`lines ${row.state}`, row.shop_id, by);
  if (row.differs === 1) counting.add('lines stock-differs', row.shop_id, by);
  if (row.in_stock === 1 && row.state === 'linked') counting.add('lines in-stock', row.shop_id, by);
}
