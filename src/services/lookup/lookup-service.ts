import type { Conflict } from '../../domain/conflict.ts';
import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import type { LiveAnswer } from '../../domain/diagnosis/place-facts.ts';
import type { Gtin, ListingRef, ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration, Tombstone } from '../../domain/integration.ts';
import type { Listing, Sale } from '../../domain/listing.ts';
import type { PlaceState } from '../../domain/lookup/place-state.ts';
import type { Mark } from '../../domain/mark.ts';
import type { Product } from '../../domain/product.ts';
import type { Shop, ShopState } from '../../domain/shop.ts';
import type { LocationStock } from '../../domain/warehouse/location-stock.ts';
import type { SearchHit } from '../../ports/store.ts';
import type { FigureAge } from '../facts/figure-ages.ts';

/** One product in one shop: a line that is drawn also when there is no link. */
export type Place = {
  readonly shop: Shop;
  /** The product's own EAN, to hold the shop's against. */
  readonly ourGtin?: Gtin;
  readonly state?: ShopState;
  /** What lies of the product at each location of the warehouse. */
  readonly parts?: readonly LocationStock[];
  readonly integration?: Integration;
  /** The listing that is linked, or the one that would be. */
  readonly listing?: Listing;
  readonly tombstone?: Tombstone;
  readonly conflict?: Conflict;
  readonly sale?: Sale;
  readonly mark?: Mark;
  readonly diagnosis: Diagnosis;
  /** Whether a link is expected here at all (S8, not-for-this-shop, another owner). */
  readonly expected: boolean;
};

/** What shops answered when they were asked about one product. */
export type LiveAnswers = ReadonlyMap<ShopId, LiveAnswer>;

export type ProductCard = {
  readonly product: Product;
  readonly available: number;
  /** Where the figure comes from and how old it is. */
  readonly figure: FigureAge;
  /** What lies of it at each location of the warehouse, by name. */
  readonly parts: readonly LocationStock[];
  /** One a shop, in the order of the shops; never shorter than the list of shops. */
  readonly places: readonly Place[];
  readonly linked: number;
  readonly expected: number;
  readonly lastSale?: Sale;
  readonly marks: readonly Mark[];
  /** Other products that the diagnoses speak of. */
  readonly named: readonly Product[];
  /** Price, name or image that differ between shops: listed, never written. */
  readonly differences: readonly Difference[];
};

export type Difference = {
  readonly field: 'price' | 'name';
  readonly values: readonly { readonly shopId: ShopId; readonly said: string }[];
};

/** How a product stands in one shop, in a few words. */
export type PlaceSummary = {
  readonly shopId: ShopId;
  readonly state: PlaceState;
  /** The figure the shop ought to have, and the one it is known to have. */
  readonly wanted?: number;
  readonly shopHas?: number;
};

/** One answer to a lookup, with what matched. */
export type LookupHit = {
  readonly hit: SearchHit;
  readonly product?: Product;
  readonly listing?: Listing;
  readonly linked: number;
  readonly expected: number;
  /** Linked shops that are known to have another figure than they ought to. */
  readonly differing: number;
  /** One a shop, in the order of the shops; none for a listing without a product. */
  readonly places: readonly PlaceSummary[];
};

/** Several products that were asked for one by one: in the order asked, each once. */
export type ProductList = {
  readonly hits: readonly LookupHit[];
  /** What names no product, or more than one, as it was asked. */
  readonly unclear: readonly string[];
};

export type LookupResult = {
  readonly asked: string;
  readonly hits: readonly LookupHit[];
  readonly more: boolean;
  /** What may have been meant, the nearest first, where nothing was found. */
  readonly near: readonly LookupHit[];
};

/** Who holds a shop product id, in which shop, and who else wants it. No holders is an answer. */
export type IdHolding = {
  readonly ref: ListingRef;
  readonly shop: Shop;
  readonly listing?: Listing;
  readonly integration?: Integration;
  readonly holder?: Product;
  readonly formerHolder?: { readonly product: Product; readonly tombstone: Tombstone };
  readonly conflict?: Conflict;
  readonly claimants: readonly Product[];
};

/** Finds products and listings by any identifier, and tells who holds one. */
export type LookupService = {
  search(text: string, limit?: number): Promise<LookupResult>;
  /** Finds each of many by an id, an item number or any other identifier. */
  many(asked: readonly string[]): Promise<ProductList>;
  /** The card; with `heard`, what shops said when they were asked just now outweighs what was written down before. */
  product(id: ProductId, answers?: LiveAnswers): Promise<ProductCard | undefined>;
  /** Products by id, without their places: for naming many. */
  products(ids: readonly ProductId[]): Promise<readonly Product[]>;
  /** The one product that an identifier names; several or none are for the person to settle. */
  identify(text: string): Promise<readonly Product[]>;
  holders(shopProductId: string, shopId?: ShopId): Promise<readonly IdHolding[]>;
};
