import { type Fleet, forSale, type ModelShop, placeOf, type Thing, type Window } from './model-fleet.ts';

/** The rules of the trade, once more, over the model alone: what readings and people do to our links, and what is true of those that are missing. */

type Seen = NonNullable<Window['seen']>;
type Known = { readonly window: Window; readonly sku: string; readonly isActive: boolean };

/** What the last readings saw and nothing has contradicted. */
const known = (shop: ModelShop): readonly Known[] =>
  [...shop.windows, ...shop.ghosts].flatMap((window) =>
    window.seen === undefined ? [] : [{ window, sku: window.seen.sku, isActive: window.seen.activity === 'active' }],
  );

export const linkedAt = (shop: ModelShop, thing: Thing): string | undefined =>
  [...shop.links].find(([, link]) => link.thing === thing)?.[0];

const homesOf = (fleet: Fleet, thing: Thing): number =>
  fleet.shops.filter((shop) => linkedAt(shop, thing) !== undefined).length;

export function loseLink(shop: ModelShop, place: string, byPerson: boolean): void {
  const link = shop.links.get(place);
  if (link === undefined) return;
  shop.links.delete(place);
  shop.lost.set(link.thing, { place, byPerson });
}

export function gainLink(shop: ModelShop, window: Window): void {
  const place = placeOf(window);
  shop.links.set(place, { window, thing: window.of });
  if (shop.lost.get(window.of)?.place === place) shop.lost.delete(window.of);
}

/** What a reading that reached its end does. `shown`: the places it showed; all of them in a full one. */
export function read(fleet: Fleet, shop: ModelShop, shown: ReadonlySet<string> | 'all'): void {
  const asked = (window: Window): boolean => shown === 'all' || shown.has(placeOf(window));
  shop.ghosts = shop.ghosts.filter((ghost) => !asked(ghost));
  for (const window of shop.windows.filter(asked)) {
    const seen: Seen = { sku: window.sku, activity: window.activity };
    window.seen = seen;
    window.of.everIn.add(shop.shopId);
    if (window.variant !== undefined) shop.variantOf.set(window.of, window.id);
  }
  shop.keyLost = false;
  judge(fleet, shop);
}

function judge(fleet: Fleet, shop: ModelShop): void {
  const now = known(shop);
  for (const [place, { window }] of [...shop.links]) {
    if (!now.some((one) => one.window === window && one.isActive)) loseLink(shop, place, false);
  }
  for (const { window, thing } of shop.links.values()) {
    const sku = window.seen!.sku;
    if (sku === thing.sku) shop.inDoubt.delete(window);
    else if (homesOf(fleet, thing) === 1) {
      // A thing that only this shop sells follows its item number.
      thing.sku = sku;
      shop.inDoubt.delete(window);
    } else shop.inDoubt.add(window);
  }
  const wanting = now.filter(({ isActive }) => isActive).toSorted((a, b) => a.window.age - b.window.age);
  for (const { window } of wanting) wantLink(shop, window, false);
}

/** The first of those for sale under an id: where nobody is linked, the id is its. */
const comesFirst = (shop: ModelShop, window: Window): boolean =>
  known(shop).every(
    ({ window: other, isActive }) => placeOf(other) !== placeOf(window) || !isActive || other.age >= window.age,
  );

/** A link for whoever has none, unless the id or the thing is taken, or a person took it away. */
function wantLink(shop: ModelShop, window: Window, asked: boolean): void {
  const place = placeOf(window);
  if (shop.links.has(place) || linkedAt(shop, window.of) !== undefined || !comesFirst(shop, window)) return;
  const lost = shop.lost.get(window.of);
  if (!asked && lost?.byPerson === true && lost.place === place) return;
  gainLink(shop, window);
}

/** What fetching a thing by hand does: a person asks, so what a person took away comes back. */
export function fetchThing(shop: ModelShop, thing: Thing): void {
  const windows = shop.windows.filter((window) => window.of === thing && forSale(window));
  for (const window of windows.toSorted((a, b) => a.age - b.age)) wantLink(shop, window, true);
}

/** The links that there must be, in words: shop, place and item number. */
export const linksOf = (fleet: Fleet): readonly string[] =>
  fleet.shops
    .flatMap((shop) => [...shop.links].map(([place, { thing }]) => `${shop.shopId} ${place} = ${thing.sku}`))
    .toSorted();

/** A careless hand's spelling. */
const loosely = (sku: string): string =>
  sku
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '')
    .replace(/^0+/, '');

/**
 * Why a thing has no link in a shop, as its maker knows: each of these is true, and one of them must be the top
 * cause. `now`: of the shop as it is this moment, whatever was read of it. None: it has a link.
 */
export function trueCauses(fleet: Fleet, shop: ModelShop, thing: Thing, now = false): readonly string[] {
  if (linkedAt(shop, thing) !== undefined) return [];
  if (shop.unwanted.has(thing)) return ['not-for-this-shop'];
  const windows = shop.windows.filter(({ of }) => of === thing);
  const isSoldSomewhere = fleet.shops.some(({ shopId }) => thing.everIn.has(shopId));
  if (!isSoldSomewhere && windows.length === 0) return [isNear(shop, thing) ? 'other-spelling' : 'only-in-warehouse'];
  if (shop.paused || shop.keyLost) {
    // Nobody can ask, so nobody can know what the shop has put up since.
    const unread = isSoldSomewhere ? [] : ['only-in-warehouse'];
    return [...(shop.paused ? ['shop-paused'] : []), ...(shop.keyLost ? ['connection-down'] : []), ...unread];
  }
  return windows.length === 0 ? whyAbsent(shop, thing) : whyUnlinked(shop, thing, windows, now);
}

function whyAbsent(shop: ModelShop, thing: Thing): readonly string[] {
  if (thing.everIn.has(shop.shopId)) {
    const family = shop.variantOf.get(thing);
    return [family !== undefined && shop.families.has(family) ? 'variant-missing' : 'gone-from-shop'];
  }
  return [isNear(shop, thing) ? 'other-spelling' : 'never-in-this-shop'];
}

/** The shop has something that a careless hand would write like it. */
const isNear = (shop: ModelShop, thing: Thing): boolean =>
  shop.windows.some(({ sku }) => sku !== thing.sku && loosely(sku) === loosely(thing.sku));

function whyUnlinked(shop: ModelShop, thing: Thing, windows: readonly Window[], now: boolean): readonly string[] {
  const isTaken = (window: Window): boolean => shop.links.has(placeOf(window)) || !comesFirst(shop, window);
  const open = windows.filter(forSale);
  const taken = windows.some(isTaken) ? ['shop-id-taken'] : [];
  if (open.length === 0) return ['inactive-in-shop', ...taken];
  const free = open.filter((window) => !isTaken(window));
  const lost = shop.lost.get(thing);
  const wasTaken = (among: readonly Window[]): boolean =>
    lost?.byPerson === true && among.some((window) => placeOf(window) === lost.place && !shop.links.has(lost.place));
  if (free.length === 0) return [...taken, ...(wasTaken(open) ? ['removed-by-user'] : [])];
  if (wasTaken(free)) return ['removed-by-user'];
  // Put up a second time since a person took the first link: nobody has fetched it, and a person did take it.
  if (now) return ['not-fetched-yet', ...(lost?.byPerson === true ? ['removed-by-user'] : [])];
  return ['a link that must be there'];
}
