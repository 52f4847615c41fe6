export type TrytonSimProduct = {
  readonly id: number;
  readonly code: string;
  readonly name: string;
  readonly ean?: string;
  active: boolean;
  /** Moves into (positive) and out of the warehouse. */
  readonly moves: TrytonMove[];
};
type TrytonMove = {
  readonly id: number;
  readonly quantity: number;
  readonly done: boolean;
  readonly at: number;
  /** The place within the warehouse. */
  readonly place: number;
};
type Inventory = {
  readonly id: number;
  readonly location: number;
  readonly lines: readonly { readonly product: number; readonly quantity: number }[];
};
export type TrytonModel = ReturnType<typeof trytonModel>;

export const warehouseId = 4;
export const storageId = 3;
/** Where goods come in before they are put away, and where they wait to be sent: beside the storage, not in it. */
export const zones: Readonly<Record<string, number>> = { IN: 1, OUT: 2 };
export const companyId = 1;

/** A simulated Tryton: goods and their moves, from which all figures are worked out. */
export function trytonModel(options: { readonly now?: () => number } = {}) {
  const now = options.now ?? (() => Date.UTC(2026, 10, 24, 8));
  const goods = new Map<number, TrytonSimProduct>();
  const inventories = new Map<number, Inventory>();
  /** Places within the storage, by name. */
  const places = new Map<string, number>();
  let nextId = 1;
  let nextPlace = 10;
  const placeNamed = (name: string | undefined): number => {
    if (name === undefined) return storageId;
    const zone = zones[name];
    if (zone !== undefined) return zone;
    const known = places.get(name) ?? nextPlace++;
    places.set(name, known);
    return known;
  };
  /** Goods come to a place (less than nothing: leave it), or will. */
  const move = (good: TrytonSimProduct, quantity: number, done: boolean, place?: string): void => {
    good.moves.push({ id: nextId++, quantity, done, at: now(), place: placeNamed(place) });
  };
  /** A count that agrees with what lies there makes no move. */
  const moveAt = (good: TrytonSimProduct, quantity: number, place: number): void => {
    if (quantity !== 0) good.moves.push({ id: nextId++, quantity, done: true, at: now(), place });
  };
  return {
    user: 'admin',
    password: 'tryton-right-password',
    now,
    goods,
    inventories,
    places,
    newId: () => nextId++,
    move,
    moveAt,
    add(given: { readonly code: string; readonly name: string; readonly ean?: string }): TrytonSimProduct {
      const good = { ...given, id: nextId++, active: true, moves: [] };
      goods.set(good.id, good);
      return good;
    },
  };
}

/** What lies at a place (all of them when left out); with what is planned, what will. */
export const sumOf = (good: TrytonSimProduct, planned: boolean, at?: number): number =>
  good.moves
    .filter(({ done, place }) => (done || planned) && (at === undefined || place === at))
    .reduce((total, { quantity }) => total + quantity, 0);
