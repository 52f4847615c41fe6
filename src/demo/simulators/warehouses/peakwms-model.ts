/** One thing in the simulated PeakWMS, as its people keep it. Figures that the API tells are worked out from it. */
export type PeakProduct = {
  readonly id: number;
  /** The webshop's ids; `null` for what was made in PeakWMS itself, or where the shop has no variants. */
  readonly productId: string | null;
  readonly variantId: string | null;
  itemNumber: string | null;
  ean: string | null;
  description: string;
  readonly lots: PeakLot[];
  /** What customers have ordered and nobody has packed. */
  ordered: number;
  updatedAt: number;
};

/** Goods at one location. What is blocked lies there and may not be sold. */
export type PeakLot = { readonly id: number; readonly locationCode: string; quantity: number; blocked: boolean };

export type NewPeakProduct = {
  readonly sku: string | null;
  readonly name: string;
  readonly ean?: string;
  readonly productId?: string | null;
  readonly variantId?: string | null;
  readonly ordered?: number;
  readonly lots?: readonly { readonly locationCode: string; readonly quantity: number; readonly blocked?: boolean }[];
};

type InOrder = {
  readonly goods: readonly PeakProduct[];
  readonly lots: readonly { readonly good: PeakProduct; readonly lot: PeakLot }[];
};

export type PeakModel = ReturnType<typeof peakModel>;

/** What is peculiar to PeakWMS on a bad day, beside what any server has (`Temper`). */
export type PeakFaults = {
  /** `vendors` and `allowedAreas` are null, and so is one vendor's name: met in production. */
  nullVendors: boolean;
  /** The older list with `updatedAfter` is gone. */
  noChangedList: boolean;
  /** Sends more than is documented. */
  extraKeys: boolean;
  /** Leaves out what is null, and of stock what only a later version tells: its location and what is available of it. */
  sparse: boolean;
  /** Refuses everything with a 400 and this sentence. */
  refusal: string | undefined;
  /** The list of products passes these over, though they are there. */
  readonly leavesOut: Set<number>;
  /** Tells null of what may be sold of these. */
  readonly tellsNoFigure: Set<number>;
};

type PeakOptions = {
  readonly key?: string;
  readonly now?: () => number;
  /** Nothing comes, goes or moves after the first question: lists are put in order once. */
  readonly isStill?: boolean;
};

/** A simulated PeakWMS: its goods, a clock and its bad days. */
export function peakModel(options: PeakOptions = {}) {
  const goods = new Map<number, PeakProduct>();
  const now = options.now ?? (() => Date.UTC(2026, 10, 24, 8));
  let nextId = 1;
  const faults: PeakFaults = {
    nullVendors: false,
    noChangedList: false,
    extraKeys: false,
    sparse: false,
    refusal: undefined,
    leavesOut: new Set(),
    tellsNoFigure: new Set(),
  };
  let ordered: InOrder | undefined;
  const inOrder = (): InOrder => {
    if (ordered !== undefined && options.isStill === true) return ordered;
    const products = [...goods.values()].sort((a, b) => a.id - b.id);
    const lots = products.flatMap((good) => good.lots.map((lot) => ({ good, lot })));
    ordered = { goods: products, lots: lots.sort((a, b) => a.lot.id - b.lot.id) };
    return ordered;
  };
  return {
    key: options.key ?? 'peak-right-000000000000000000000key',
    goods,
    /** All products and all lots, by id. */
    inOrder,
    faults,
    now,
    /** A new product with what lies of it. */
    add(given: NewPeakProduct): PeakProduct {
      const id = nextId++;
      const good: PeakProduct = {
        id,
        productId: given.productId === undefined ? String(10_000 + id) : given.productId,
        variantId: given.variantId ?? null,
        itemNumber: given.sku,
        ean: given.ean ?? null,
        description: given.name,
        lots: (given.lots ?? []).map(({ locationCode, quantity, blocked }) => ({
          id: nextId++,
          locationCode,
          quantity,
          blocked: blocked === true,
        })),
        ordered: given.ordered ?? 0,
        updatedAt: now(),
      };
      goods.set(id, good);
      return good;
    },
    remove: (good: PeakProduct): boolean => goods.delete(good.id),
    /** Somebody counts at the first location. */
    count(good: PeakProduct, quantity: number): void {
      const [lot] = good.lots;
      if (lot !== undefined) lot.quantity = quantity;
      good.updatedAt = now();
    },
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** What may be picked. */
export const inStock = (good: PeakProduct): number =>
  sum(good.lots.filter(({ blocked }) => !blocked).map(({ quantity }) => quantity));
