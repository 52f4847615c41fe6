import { sql } from 'kysely';
import { type Changes, keyOf } from '../../../domain/changes.ts';
import type { Integration } from '../../../domain/integration.ts';
import type { Listing } from '../../../domain/listing.ts';
import { codesOf, plain, specs } from '../columns.ts';
import type { Cell, Column } from '../engine.ts';
import { rowPieces } from '../insert-rows.ts';
import type { Tools } from './line-sources.ts';

/**
 * Records that stand already and get other figures alone: nothing by which they are found, linked or judged is another
 * than it was. Most of what a sync and a push write is this, and all that hangs on it is one line of one list each.
 */
export type FigureChanges = {
  readonly listings: readonly Figures[];
  readonly integrations: readonly Figures[];
  /** Listings whose line shows something else now. */
  readonly refs: readonly string[];
  /** Integrations whose line does. */
  readonly places: readonly string[];
};
/** A row, and whether what it is found by besides its key moves as well: which reading it was seen in. */
type Figures = { readonly key: string; readonly cells: readonly Cell[]; readonly isFoundAnew: boolean };
const noFigures: FigureChanges = { listings: [], integrations: [], refs: [], places: [] };

export type ShopRow = { readonly key: string; readonly body: string };
/** All shops; their records as texts, in whatever they are asked for together with. */
export const shopRows = sql<ShopRow>`select key, cast(body as text) as body from shops order by key`;

/** What a record is found, linked and judged by. */
const fixed = {
  listings: ['sku', 'gtin', 'barcode', 'loose_sku', 'name', 'besides', 'linkable', 'resting', 'parent'],
  integrations: ['product_id', 'shop_id', 'ref_key'],
} as const;
/** What a line shows of it besides. */
const shown = {
  listings: ['quantity', 'quantities_at', 'sold', 'counted', 'tellable', 'listed_at'],
  integrations: ['pushed', 'pushed_at'],
} as const;
/** What moves with every reading, and is found by: an index is written for it, in another place for every row. */
const foundAnew = { listings: ['seen_in'], integrations: [] } as const;
/** What an update leaves: it is the same, or is worked out elsewhere. Indexes of these columns are not written either. */
const left = {
  listings: ['shop_id', 'shop_product_id', 'shop_variant_id', 'search', ...fixed.listings],
  integrations: [...fixed.integrations],
};

type Name = 'listings' | 'integrations';
type Standing = { readonly key: string } & Readonly<Record<string, string | number | null>>;
type Split<Row> = {
  readonly figures: readonly Figures[];
  readonly rest: readonly Row[];
  readonly moved: readonly string[];
};

/** Keys that stand once in a list. A record that comes twice in a change is told as every other one. */
function keysOnce(keys: readonly string[]): ReadonlySet<string> {
  const counts = Map.groupBy(keys, (key) => key);
  return new Set([...counts].flatMap(([key, own]) => (own.length === 1 ? [key] : [])));
}

/** Parts a change into what gets other figures alone, and the rest of it. Asks for the shops on the same way. */
export async function splitFigures(
  tools: Tools,
  changes: Changes,
): Promise<{ readonly figures: FigureChanges; readonly rest: Changes; readonly shops: readonly ShopRow[] }> {
  const { put, drop } = changes;
  const { listings = [], integrations = [] } = put;
  if (listings.length + integrations.length === 0)
    return { figures: noFigures, rest: changes, shops: await tools.ask(shopRows) };
  const droppedListings = new Set(drop.listings ?? []);
  const coded = sql`select key from listing_codes`;
  const [standingListings, standingIntegrations, shops] = await tools.dialect.together(tools.ask, [
    standing(
      tools,
      'listings',
      listings.map(keyOf.listings),
      sql` and key not in (${coded} where listing_codes.key = listings.key)`,
    ),
    standing(tools, 'integrations', integrations.map(keyOf.integrations), sql``),
    shopRows,
  ]);
  const ofListings = split('listings', listings, standingListings as readonly Standing[], {
    nameOf: keyOf.listings,
    mayBe: (row: Listing, key) => codesOf(row).length === 0 && !droppedListings.has(key),
  });
  const ofIntegrations = split('integrations', integrations, standingIntegrations as readonly Standing[], {
    nameOf: keyOf.integrations,
    mayBe: () => true,
  });
  const stay = new Set(ofIntegrations.figures.map(({ key }) => key));
  return {
    shops: shops as readonly ShopRow[],
    figures: {
      listings: ofListings.figures,
      integrations: ofIntegrations.figures,
      refs: ofListings.moved,
      places: ofIntegrations.moved,
    },
    rest: {
      ...changes,
      put: { ...put, listings: ofListings.rest, integrations: ofIntegrations.rest },
      drop: { ...drop, integrations: (drop.integrations ?? []).filter((key) => !stay.has(key)) },
    },
  };
}

const standing = ({ dialect }: Tools, name: Name, keys: readonly string[], more: ReturnType<typeof sql>) => {
  const columns = ['key', ...fixed[name], ...shown[name], ...foundAnew[name]].map((column) => sql.ref(column));
  return sql`select ${sql.join(columns)} from ${sql.table(name)} where ${dialect.oneOf('key', keys)}${more}`;
};

type Judging<Row> = {
  readonly nameOf: (row: Row) => string;
  readonly mayBe: (row: Row, key: string) => boolean;
};

function split<Row extends Listing | Integration>(
  name: Name,
  rows: readonly Row[],
  there: readonly Standing[],
  { nameOf, mayBe }: Judging<Row>,
): Split<Row> {
  const { columns, cells } = specs[name] as { columns: readonly Column[]; cells: (row: Row) => readonly Cell[] };
  const placeOf = new Map(columns.map((column, place) => [column.name, place]));
  const before = new Map(there.map((row) => [row.key, row]));
  const once = keysOnce(rows.map(nameOf));
  const [figures, rest, moved]: [Figures[], Row[], string[]] = [[], [], []];
  for (const row of rows) {
    const key = nameOf(row);
    const old = before.get(plain(key));
    // Cells hold the whole record as a text: not for what is new, nor twice for what stands.
    const now = old !== undefined && once.has(key) && mayBe(row, key) ? cells(row) : [];
    const isSame = (column: string): boolean => old?.[column] === now[placeOf.get(column) ?? -1];
    if (now.length === 0 || !fixed[name].every(isSame)) rest.push(row);
    else {
      figures.push({ key, cells: now, isFoundAnew: !foundAnew[name].every(isSame) });
      if (!shown[name].every(isSame)) moved.push(plain(key));
    }
  }
  return { figures, rest, moved };
}

/** Writes the figures, and nothing else of the rows. */
export async function writeFigures(tools: Tools, figures: FigureChanges): Promise<void> {
  for (const name of ['listings', 'integrations'] as const) {
    const [moved, still] = [true, false].map((wanted) =>
      figures[name].filter(({ isFoundAnew }) => isFoundAnew === wanted).map(({ cells }) => cells),
    );
    await update(tools, { name, leaves: left[name] }, moved ?? []);
    await update(tools, { name, leaves: [...left[name], ...foundAnew[name]] }, still ?? []);
  }
}

type Update = { readonly name: Name; readonly leaves: readonly string[] };

async function update(
  { ask, dialect }: Tools,
  { name, leaves }: Update,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  const { columns } = specs[name];
  const places = columns.flatMap((column, place) => (leaves.includes(column.name) ? [] : [place]));
  const given = columns.filter((_, place) => places.includes(place));
  const sets = given.slice(1).map((column) => sql`${sql.ref(column.name)} = x.${sql.ref(column.name)}`);
  for (const piece of rowPieces(rows.map((row) => places.map((place) => row[place] ?? null)))) {
    await ask(sql`
      update ${sql.table(name)} set ${sql.join(sets)} from (${dialect.select(given, piece)}) x
      where ${sql.ref(`${name}.key`)} = x.key`);
  }
}
