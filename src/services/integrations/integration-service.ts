import type { Conflict } from '../../domain/conflict.ts';
import type { StaleReason } from '../../domain/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import type { LinkNote } from '../../domain/diagnosis/link-notes.ts';
import type { ListingRef, ProductId, ShopId } from '../../domain/ids.ts';
import type { Integration, Tombstone } from '../../domain/integration.ts';
import type { LocationState } from '../../domain/integrations/integration-state.ts';
import type { Listing } from '../../domain/listing.ts';
import type { Product } from '../../domain/product.ts';
import type { Page } from '../dependencies/page.ts';
import type { ImportProblem } from '../dependencies/refusal.ts';

/** A line of a list of links by hand: a product by any identifier, a shop, and which of its products, if it is said. */
export type LinkLine = {
  readonly line: number;
  readonly sku: string;
  readonly shopId: ShopId;
  readonly ref?: ListingRef;
};

/** The same line beside what is known: the link that stands, the listing that is meant, who holds it. */
export type LinkToMake = {
  readonly line: number;
  readonly product: Product;
  readonly ref: ListingRef;
  readonly standing?: Integration;
  readonly listing?: Listing;
  readonly holder?: Product;
};

export type IntegrationFilter = 'all' | 'linked' | 'missing' | 'conflict' | 'stock-differs';

/** A line of a shop's list: a link, or the place where one is missing. */
export type IntegrationRow = {
  readonly product?: Product;
  readonly listing?: Listing;
  readonly integration?: Integration;
  readonly conflict?: Conflict;
  readonly tombstone?: Tombstone;
  readonly state: 'linked' | 'missing' | 'conflict';
  /** The figure the shop ought to have, and the one it said. */
  readonly wanted?: number;
  readonly shopHas?: number;
  readonly stockDiffers: boolean;
  /** The same at each location of the shop, where it is told at several. */
  readonly atLocations?: readonly LocationState[];
  /** Nothing flows over a link that stands, as far as the shop and its listing tell it. */
  readonly stale?: StaleReason;
  /** What there is to be known of a link that stands. */
  readonly notes?: readonly LinkNote[];
  /** Top cause when missing, from what is stored. */
  readonly diagnosis?: Diagnosis;
};

/** A page of a shop's list, with how many lines each filter would show. */
export type IntegrationPage = Page<IntegrationRow> & {
  readonly counts: Readonly<Record<IntegrationFilter, number>>;
  /** There are at least `total` rows: counting on would read the whole shop. */
  readonly orMore?: true;
};

/** A product that is expected in a shop and has no link there. */
export type MissingPlace = {
  readonly productId: ProductId;
  readonly shopId: ShopId;
  /** Fetched within the last hour: a list that is begun again passes it over. */
  readonly askedLately: boolean;
};

/** The links of a shop, those that are missing, and links made or removed by hand. */
export type IntegrationService = {
  /** What a list of links by hand comes to, before any of it is done. */
  readLinks(
    lines: readonly LinkLine[],
  ): Promise<{ readonly links: readonly LinkToMake[]; readonly problems: readonly ImportProblem[] }>;
  list(
    shopId: ShopId,
    query: {
      readonly filter: IntegrationFilter;
      readonly text?: string;
      /** These products and no others. */
      readonly productIds?: readonly ProductId[];
      readonly offset: number;
      readonly limit: number;
    },
  ): Promise<IntegrationPage>;
  /** Every place where a link is expected and missing, in shops that are not paused. */
  missing(shopId?: ShopId): Promise<readonly MissingPlace[]>;
  remove(productId: ProductId, shopId: ShopId, note: string): Promise<Tombstone>;
  link(productId: ProductId, ref: ListingRef): Promise<Integration>;
};
