import { type Instant, later } from '../../../domain/ids.ts';
import { type Shop, tellsLocations } from '../../../domain/shop.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { LocationChoice } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';

const cacheMs = 10 * 60_000;
const remembered = new WeakMap<object, { readonly ids: readonly string[]; readonly until: Instant }>();

/** The line to one shop, as far as its locations go. */
type Line = { readonly shop: Shop; readonly clock: Clock };

/**
 * Those locations of a shop that are told a figure each and that it still has, by its own list of those in use;
 * nothing where the shop is told one figure. Remembered for ten minutes. One that was closed is left out: that it has
 * no figure does not say that nothing is stocked there. A key that may not see the list sees them all.
 */
export async function toldLocations(
  line: Line,
  inUse: (signal: AbortSignal) => Promise<readonly LocationChoice[]>,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const { shop, clock } = line;
  if (!tellsLocations(shop)) return undefined;
  const known = remembered.get(line);
  if (known !== undefined && clock.now() < known.until) return known.ids;
  const mapped = (shop.shopLocations ?? []).map(({ id }) => id);
  const until = later(clock.now(), cacheMs);
  const ids = await stillThere(mapped, inUse(signal));
  remembered.set(line, { ids, until });
  return ids;
}

async function stillThere(
  mapped: readonly string[],
  asking: Promise<readonly LocationChoice[]>,
): Promise<readonly string[]> {
  try {
    const there = new Set((await asking).map(({ id }) => id));
    return mapped.filter((id) => there.has(id));
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'forbidden') return mapped;
    throw error;
  }
}
