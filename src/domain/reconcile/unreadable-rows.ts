import type { Instant, ListingRef } from '../ids.ts';
import type { Listing } from '../listing.ts';
import type { Run, UnreadableRow } from '../shop.ts';

/** By what the rows of a run that could not be read are told apart: unreadable is unknown, and says nothing of absence. */
export function isUnreadableIn(run: Pick<Run, 'unreadable'>): (ref: ListingRef) => boolean {
  const ids = new Set<string>();
  for (const { shopProductId, shopVariantId } of run.unreadable ?? [])
    for (const id of [shopVariantId ?? shopProductId]) if (id !== undefined) ids.add(id);
  return ({ shopProductId, shopVariantId }) =>
    ids.has(shopProductId) || (shopVariantId !== undefined && ids.has(shopVariantId));
}

/** The fields that could not be read of a listing that could: its figure, its price, its barcode. */
const fieldsOf = ({ stock, unread = [] }: Listing): readonly { readonly field: string; readonly value: string }[] =>
  stock.unreadable === undefined ? unread : [stock.unreadable, ...unread];

/** Rows that were read, but for some fields of theirs. */
export const unreadableFields = (listings: readonly Listing[], at: Instant): readonly UnreadableRow[] =>
  listings.flatMap((listing) => {
    const { shopProductId, shopVariantId } = listing.ref;
    return fieldsOf(listing).map(({ field, value }) => ({
      shopProductId,
      shopVariantId,
      where: field,
      said: value,
      at,
    }));
  });

/** Rows and those found besides; a field of a row that has an id is told once, though a shop shows it in several lists. */
export function withRows(rows: readonly UnreadableRow[], found: readonly UnreadableRow[]): readonly UnreadableRow[] {
  const keyOf = ({ shopProductId, shopVariantId = '', where }: UnreadableRow): string =>
    `${shopProductId} ${shopVariantId} ${where}`;
  const keys = new Set(rows.map(keyOf));
  const isNew = (row: UnreadableRow): boolean => keys.size < keys.add(keyOf(row)).size;
  return [...rows, ...found.filter((row) => row.shopProductId === undefined || isNew(row))];
}

const isRowOf = ({ shopProductId, shopVariantId }: UnreadableRow, ref: ListingRef): boolean =>
  shopVariantId === undefined
    ? shopProductId === ref.shopProductId ||
      (shopProductId !== undefined && shopProductId === String(ref.shopVariantId))
    : shopVariantId === ref.shopVariantId;

/** The first row of those that is about one of some references. */
export const unreadableRowOf = (
  rows: readonly UnreadableRow[] | undefined,
  refs: readonly ListingRef[],
): UnreadableRow | undefined => rows?.find((row) => refs.some((ref) => isRowOf(row, ref)));

/** The rows that still cannot be read once a shop showed some listings: what was read is not among them. */
export function stillUnreadable(
  rows: readonly UnreadableRow[] | undefined,
  shown: readonly Listing[],
): readonly UnreadableRow[] | undefined {
  if (rows === undefined) return undefined;
  const readable = shown.filter((listing) => fieldsOf(listing).length === 0);
  const left = rows.filter((row) => !readable.some(({ ref }) => isRowOf(row, ref)));
  return left.length === 0 ? undefined : left;
}
