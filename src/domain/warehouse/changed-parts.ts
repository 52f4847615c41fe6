import { keyOf, type RecordKey } from '../changes.ts';
import type { ProductId } from '../ids.ts';
import type { LocationStock } from './location-stock.ts';
import type { StockLevel, WarehouseId } from './warehouse.ts';

export type ChangedParts = { readonly put: readonly LocationStock[]; readonly drop: readonly RecordKey[] };

/** What a warehouse said of one product at its locations. */
type SaidParts = {
  readonly productId: ProductId;
  readonly source: WarehouseId;
  /** All its rows: several at one location are added up, and a location without one holds nothing any more. */
  readonly read: readonly StockLevel[];
  readonly stored: readonly LocationStock[];
};

/** What has to be written so that the parts of a product are as the warehouse says. What stays the same is not written. */
export function changedParts({ productId, source, read, stored }: SaidParts): ChangedParts {
  const wanted = new Map<string, LocationStock>();
  for (const level of read) {
    if (level.location === undefined) continue;
    const before = wanted.get(level.location);
    wanted.set(level.location, {
      productId,
      location: level.location,
      onHand: added(before?.onHand, level.onHand),
      reserved: added(before?.reserved, level.reserved),
      available: added(before?.available, level.available),
      source,
      at: level.asOf,
    });
  }
  const known = new Map(stored.map((part) => [part.location, part]));
  return {
    put: [...wanted.values()].filter((part) => !sameParts(part, known.get(part.location))),
    drop: stored.filter(({ location }) => !wanted.has(location)).map(keyOf.stockLevels),
  };
}

/** Pieces may have decimals, of which sums make more than there are. */
const added = (before: number | undefined, more: number): number =>
  before === undefined ? more : Math.round((before + more) * 10_000) / 10_000;

const sameParts = (a: LocationStock, b: LocationStock | undefined): boolean =>
  b !== undefined &&
  a.onHand === b.onHand &&
  a.reserved === b.reserved &&
  a.available === b.available &&
  a.source === b.source;
