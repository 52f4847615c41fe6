import type { Clock } from '../../../ports/clock.ts';
import type { ListingPage } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';
import { wireVariantWithProduct } from '../schema.ts';
import { counted, cursorOf, locationsOf, type Place } from './cursor.ts';
import { fileRows } from './file-rows.ts';
import { type FileState, stateOf } from './ordered-file.ts';
import { mapContextOf, type ReadContext } from './query-listings.ts';
import { readNodes } from './read-nodes.ts';
import { variantListings } from './variant-listings.ts';

type FileContext = ReadContext & { readonly clock: Clock };
type FilePlace = { readonly place: Place; readonly expected?: number };

/** Times that a file is asked for before a page without rows is shown, and the pages until it is given up: an hour. */
const asksAtOnce = 5;
const maxWaits = 12;
const waitsMs = { first: 5000, later: 60_000 };
const doing = 'reading the ordered file';

/** Bytes of a part: a few thousand variants. */
const partBytes = 4 * 1024 * 1024;

/**
 * One part of a file with all variants, as a page. Where no file comes, the reading begins again by pages; what came
 * of a file that turned out short is no whole reading.
 */
export async function filePage(
  context: FileContext,
  { place, expected }: FilePlace,
  signal: AbortSignal,
): Promise<ListingPage> {
  const state = await awaited(context, place, signal);
  const { answer } = state;
  const empty = { listings: [], broken: [], total: place.total, asOf: answer.asOf };
  const waits = (place.waits ?? 0) + 1;
  if (state.kind === 'being-made' && waits < maxWaits) return { ...empty, next: cursorOf({ ...place, waits }) };
  if (state.kind !== 'ready') return withoutFile(context, place, empty);
  const { file, url } = state;
  const from = place.bytes ?? 0;
  const text = await context.client.part({ url, from, bytes: partBytes }, signal).catch(goneIfRefused);
  if (text === undefined) return withoutFile(context, place, empty);
  const isLast = file.fileSize === undefined ? text.length < partBytes : from + text.length >= file.fileSize;
  const part = fileRows(text, isLast);
  const lines = (place.lines ?? 0) + part.lines;
  if (text === '' && !isLast) throw context.client.trouble('unintelligible', { doing, found: 'the file breaks off' });
  if (part.bytes === 0 && !isLast) {
    // Less came than was asked for: the line was cut, and the same part may come whole.
    const kind = text.length < partBytes ? 'unreachable' : 'unintelligible';
    throw context.client.trouble(kind, { doing, found: 'a line has no end' });
  }
  if (isLast && file.objectCount !== undefined && lines < file.objectCount) {
    const found = `the file holds ${lines} of ${file.objectCount} lines`;
    throw context.client.trouble('unintelligible', { doing, found });
  }
  const { rows, broken } = readNodes(wireVariantWithProduct, part.rows);
  // As things stood when the file was ordered.
  const seenAt = file.createdAt ?? answer.asOf;
  const next = { ...place, ...counted(context, place, part.rows.length, [place.total, expected]) };
  return {
    ...empty,
    listings: variantListings(rows, { ...mapContextOf(context, answer, locationsOf(place)), seenAt }),
    broken: [...broken, ...part.broken],
    ...(isLast ? {} : { next: cursorOf({ ...next, bytes: from + part.bytes, lines }) }),
  };
}

/** No file comes, or it went: by pages from the start, unless some of it was shown as the whole already. */
function withoutFile(context: FileContext, place: Place, empty: ListingPage): ListingPage {
  if ((place.rows ?? 0) > 0)
    throw context.client.trouble('unintelligible', { doing, found: 'the file is gone half read' });
  return { ...empty, next: cursorOf({ part: 'all', locations: locationsOf(place), noFile: true }) };
}

/** Its address ended, or nothing lies there any more: whoever keeps the file says so in a status. All else is trouble. */
function goneIfRefused(error: unknown): undefined {
  const status = error instanceof ShopError ? error.detail.status : undefined;
  if (status === undefined || ![400, 403, 404, 410].includes(status)) throw error;
}

async function awaited(context: FileContext, { file = '', waits }: Place, signal: AbortSignal): Promise<FileState> {
  for (let asks = 1; ; asks += 1) {
    const state = await stateOf(context, file, signal);
    if (state.kind !== 'being-made' || asks === asksAtOnce) return state;
    try {
      await context.clock.wait(waits === undefined ? waitsMs.first : waitsMs.later, signal);
    } catch (error) {
      throw context.client.trouble('cancelled', { doing }, error);
    }
  }
}
