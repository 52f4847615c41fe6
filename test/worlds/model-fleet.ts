import { type ListingRef, toSku } from '../../src/domain/ids.ts';
import type { Activity, Listing } from '../../src/domain/listing.ts';
import type { Dice } from '../support/dice.ts';
import { instant, makeContent, makeListing, refTo } from '../support/make.ts';
import { minutesAfter } from '../support/shelf-connector.ts';

/**
 * A made-up fleet of shops and, beside it, what the rules say our links must be: written from the rules alone,
 * with none of the program's judging code, so that the two can be held against each other.
 */
export type Thing = { sku: string };
/** One thing in one shop's window. Two windows may share an id: a copy that kept it. */
export type Window = {
  readonly id: string;
  readonly age: number;
  sku: string;
  activity: Activity;
  changed: number;
  of: Thing;
};
export type ModelShop = {
  readonly shopId: string;
  windows: Window[];
  /** By shop product id. */
  readonly links: Map<string, { readonly window: Window; readonly thing: Thing }>;
  /** The last link that each thing lost here, and whether a person took it. */
  readonly lost: Map<Thing, { readonly id: string; readonly byPerson: boolean }>;
  /** Things whose item number the shop changed while other shops sell them: nobody may touch them until it is changed back. */
  readonly inDoubt: Set<Window>;
};
export type Fleet = { readonly shops: readonly ModelShop[]; readonly things: Thing[]; time: number; made: number };

const dayOne = instant('2026-01-01T00:00:00Z');
const active = (window: Window): boolean => window.activity === 'active';

export function makeFleet(shopIds: readonly string[], size: number, dice: Dice): Fleet {
  const fleet: Fleet = {
    shops: shopIds.map((shopId) => ({ shopId, windows: [], links: new Map(), lost: new Map(), inDoubt: new Set() })),
    things: [],
    time: 0,
    made: 0,
  };
  for (let count = 0; count < size; count += 1) {
    const thing = newThing(fleet);
    for (const shop of fleet.shops) if (dice.chance(0.7)) addWindow(fleet, shop, thing, thing.sku);
  }
  return fleet;
}

const tick = (fleet: Fleet): number => {
  fleet.time += 1;
  return fleet.time;
};

export function newThing(fleet: Fleet): Thing {
  fleet.made += 1;
  const thing = { sku: `SKU-${fleet.made}` };
  fleet.things.push(thing);
  return thing;
}

export function addWindow(fleet: Fleet, shop: ModelShop, of: Thing, sku: string, id?: string): Window {
  const age = tick(fleet);
  const window: Window = { id: id ?? String(1000 + age), age, sku, activity: 'active', changed: age, of };
  shop.windows.push(window);
  return window;
}

export const change = (fleet: Fleet, window: Window, to: Partial<Pick<Window, 'activity' | 'sku'>>): void => {
  Object.assign(window, to, { changed: tick(fleet) });
};

const homesOf = (fleet: Fleet, thing: Thing): number =>
  fleet.shops.filter((shop) => [...shop.links.values()].some((link) => link.thing === thing)).length;

const linkOf = (shop: ModelShop, thing: Thing): string | undefined =>
  [...shop.links].find(([, link]) => link.thing === thing)?.[0];

export function loseLink(shop: ModelShop, id: string, byPerson: boolean): void {
  const link = shop.links.get(id);
  if (link === undefined) return;
  shop.links.delete(id);
  shop.lost.set(link.thing, { id, byPerson });
}

function gainLink(shop: ModelShop, window: Window): void {
  shop.links.set(window.id, { window, thing: window.of });
  if (shop.lost.get(window.of)?.id === window.id) shop.lost.delete(window.of);
}

/** What a complete reading of a shop does to our links, by the rules. */
export function read(fleet: Fleet, shop: ModelShop): void {
  for (const [id, { window }] of [...shop.links]) {
    if (!shop.windows.includes(window) || !active(window)) loseLink(shop, id, false);
  }
  for (const { window, thing } of shop.links.values()) {
    if (window.sku === thing.sku) shop.inDoubt.delete(window);
    else if (homesOf(fleet, thing) === 1) rename(shop, window, thing);
    else shop.inDoubt.add(window);
  }
  for (const window of shop.windows.filter(active).toSorted((a, b) => a.age - b.age)) wantLink(shop, window);
}

/** A thing that only this shop sells follows its item number. */
function rename(shop: ModelShop, window: Window, thing: Thing): void {
  thing.sku = window.sku;
  shop.inDoubt.delete(window);
}

/** The first of those for sale under an id: where nobody is linked, the id is its. */
const mayHaveId = (shop: ModelShop, window: Window): boolean =>
  shop.windows.every((other) => other.id !== window.id || !active(other) || other.age >= window.age);

/** A link for whoever has none, unless the id or the thing is taken, or a person took it away. */
function wantLink(shop: ModelShop, window: Window, asked = false): void {
  if (shop.links.has(window.id) || linkOf(shop, window.of) !== undefined || !mayHaveId(shop, window)) return;
  const lost = shop.lost.get(window.of);
  if (!asked && lost?.byPerson === true && lost.id === window.id) return;
  gainLink(shop, window);
}

/** What fetching a thing by hand does: a person asks, so what a person took away comes back. */
export function fetchThing(shop: ModelShop, thing: Thing): void {
  const windows = shop.windows.filter((window) => window.of === thing && active(window));
  for (const window of windows.toSorted((a, b) => a.age - b.age)) wantLink(shop, window, true);
}

/** The links that there must be, in words: shop, id and item number. */
export const linksOf = (fleet: Fleet): readonly string[] =>
  fleet.shops
    .flatMap((shop) => [...shop.links].map(([id, { thing }]) => `${shop.shopId} ${id} = ${thing.sku}`))
    .toSorted();

const refOf = (shop: ModelShop, window: Window): ListingRef => refTo(shop.shopId, window.id);

/** What the shop shows, in an order of its own. */
export const shelfOf = (shop: ModelShop, dice: Dice): readonly Listing[] =>
  dice.shuffle(
    shop.windows.map((window) =>
      makeListing({
        ref: refOf(shop, window),
        sku: toSku(window.sku),
        activity: window.activity,
        listedAt: minutesAfter(dayOne, window.age),
        changedAt: minutesAfter(dayOne, window.changed),
        content: makeContent({ name: window.of.sku }),
      }),
    ),
  );

/** Why a thing has no link in a shop, as its maker knows: each of these is true. None: it has one, or nobody can know better. */
export function trueCauses(shop: ModelShop, thing: Thing): readonly string[] {
  if (linkOf(shop, thing) !== undefined) return [];
  const windows = shop.windows.filter(({ of }) => of === thing);
  const lost = shop.lost.get(thing);
  if (windows.length === 0)
    return lost === undefined ? [] : ['gone-from-shop', ...(shop.links.has(lost.id) ? ['shop-id-taken'] : [])];
  const taken = windows.some(({ id }) => shop.links.has(id)) ? ['shop-id-taken'] : [];
  const forSale = windows.filter(active);
  if (forSale.length === 0) return ['inactive-in-shop', ...taken];
  if (taken.length > 0) return taken;
  return forSale.some((window) => mayHaveId(shop, window)) ? ['removed-by-user'] : [];
}
