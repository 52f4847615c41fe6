import type { Random } from '../../src/demo/seeded-random.ts';
import { type Gtin, instantOf, toSku } from '../../src/domain/ids.ts';
import type { Activity, Listing } from '../../src/domain/listing.ts';
import { kroner, makeContent, makeListing, refTo } from '../support/builders.ts';

/**
 * A made-up fleet of shops and, beside it, what the rules say our links must be and why each missing one is
 * missing: written from the rules alone, with none of the program's judging code, so that the two can be held
 * against each other.
 */
export type Thing = {
  sku: string;
  /** Made in the warehouse, before any shop had it. */
  readonly inWarehouse: boolean;
  /** The shops in which a reading ever saw it. */
  readonly everIn: Set<string>;
  /** Another thing has nearly the same item number. */
  respelled: boolean;
};
/** One thing in one shop's window. Two windows may share an id: a copy that kept it. */
export type Window = {
  readonly id: string;
  /** One of several variants of the product with this id. */
  readonly variant?: string;
  /** Milliseconds, by the shop's own clock. */
  readonly age: number;
  changed: number;
  sku: string;
  activity: Activity;
  name: string;
  price: number;
  quantity: number;
  gtin?: Gtin;
  readonly of: Thing;
  /** What the last reading saw. Absent: it was not there yet. */
  seen?: { readonly sku: string; readonly activity: Activity };
};
export type ModelShop = {
  readonly shopId: string;
  readonly aheadMs: number;
  windows: Window[];
  /** Deleted, which no reading has noticed yet. */
  ghosts: Window[];
  /** Shop products that are sold by variants. */
  readonly families: Set<string>;
  /** The shop product that a reading saw each thing be a variant of here. */
  readonly variantOf: Map<Thing, string>;
  /** By place: the shop product id, with the variant's where there is one. */
  readonly links: Map<string, { readonly window: Window; readonly thing: Thing }>;
  /** The last link that each thing lost here, and whether a person took it. */
  readonly lost: Map<Thing, { readonly place: string; readonly byPerson: boolean }>;
  /** Things whose item number the shop changed while other shops sell them: until a person says, or it is changed back. */
  readonly inDoubt: Set<Window>;
  /** Things that a person said are not for this shop. */
  readonly unwanted: Set<Thing>;
  paused: boolean;
  keyLost: boolean;
};
export type Fleet = { readonly shops: readonly ModelShop[]; readonly things: Thing[]; made: number };

const hour = 3_600_000;
const aheads = [0, 7 * 60_000, -11 * 60_000, 26 * hour];

export const makeFleet = (shopIds: readonly string[]): Fleet => ({
  shops: shopIds.map((shopId, place) => ({
    shopId,
    aheadMs: aheads[place % aheads.length]!,
    windows: [],
    ghosts: [],
    families: new Set(),
    variantOf: new Map(),
    links: new Map(),
    lost: new Map(),
    inDoubt: new Set(),
    unwanted: new Set(),
    paused: false,
    keyLost: false,
  })),
  things: [],
  made: 0,
});

export const placeOf = ({ id, variant }: Window): string => (variant === undefined ? id : `${id}/${variant}`);
export const forSale = ({ activity }: Window): boolean => activity === 'active';

export function newThing(fleet: Fleet, over: Partial<Thing> = {}): Thing {
  fleet.made += 1;
  const thing = { sku: `SKU-${fleet.made}`, inWarehouse: false, everIn: new Set<string>(), respelled: false, ...over };
  fleet.things.push(thing);
  return thing;
}

export function addWindow(fleet: Fleet, shop: ModelShop, of: Thing, over: Partial<Window> & { readonly now: number }) {
  const { now, ...more } = over;
  fleet.made += 1;
  const window: Window = {
    id: String(1000 + fleet.made),
    age: now + shop.aheadMs + fleet.made,
    changed: now + shop.aheadMs,
    sku: of.sku,
    activity: 'active',
    name: of.sku,
    price: 49,
    quantity: 3,
    of,
    ...more,
  };
  shop.windows.push(window);
  return window;
}

export function takeDown(shop: ModelShop, gone: readonly Window[]): void {
  shop.windows = shop.windows.filter((window) => !gone.includes(window));
  shop.ghosts.push(...gone.filter(({ seen }) => seen !== undefined));
}

/** What the shop shows, in an order of its own; the parents of variants are rows too. */
export function catalogueOf(shop: ModelShop, random: Random): readonly Listing[] {
  const rows = shop.windows.map((window) =>
    makeListing({
      ref: refTo(shop.shopId, window.id, window.variant),
      sku: toSku(window.sku),
      activity: window.activity,
      gtin: window.gtin,
      listedAt: instantOf(window.age),
      changedAt: instantOf(window.changed),
      content: makeContent({ name: window.name, price: kroner(window.price) }),
      stock: { tracked: true, quantity: window.quantity },
    }),
  );
  const parents = [...shop.families].map((id) =>
    makeListing({ ref: refTo(shop.shopId, id), sku: undefined, sellable: 'parent', changedAt: instantOf(0) }),
  );
  return random.shuffle([...rows, ...parents]);
}
