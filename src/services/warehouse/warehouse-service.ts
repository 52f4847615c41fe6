import type { ProductId } from '../../domain/ids.ts';
import type { MatchedBy } from '../../domain/warehouse/match-product.ts';
import type {
  ProductMaster,
  WarehouseProduct,
  WarehouseSettings,
  WarehouseState,
} from '../../domain/warehouse/warehouse.ts';
import type { Secrets } from '../../ports/platform.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import type { Holder } from '../../ports/store.ts';
import type { WarehouseDriver, WarehouseReport } from '../../ports/warehouse.ts';
import type { ShopFailure } from '../dependencies/shop-failure.ts';

export type WarehouseOverview = {
  readonly driver: WarehouseDriver;
  /** Absent: our own stock. */
  readonly settings?: WarehouseSettings;
  readonly state: WarehouseState;
  readonly hasCredentials: boolean;
  readonly credentialNames: readonly string[];
  /** Its figures have not been confirmed within the limit: they are sent to no shop. */
  readonly tooOld: boolean;
};

export type WarehouseChange = {
  readonly address?: string;
  readonly master?: ProductMaster;
  readonly options?: Readonly<Record<string, string>>;
};
export type NewWarehouse = WarehouseChange & { readonly kind: string };

export type WarehouseTest =
  | { readonly ok: true; readonly report: WarehouseReport; readonly tookMs: number }
  | { readonly ok: false; readonly trouble: ShopFailure };

export type WarehouseCounts = {
  readonly read: number;
  readonly changed: number;
  readonly created: number;
  /** Products of the warehouse that are none of ours: unknown, several meant, or item numbers that differ. */
  readonly unmatched: number;
  readonly unreadable: number;
};
export type WarehouseSync = {
  readonly counts: WarehouseCounts;
  /** Rows that could not be read, the first hundred. */
  readonly broken: readonly BrokenRow[];
  /** Why it did not reach the end: figures stay as they were, and grow older. */
  readonly trouble?: ShopFailure;
  readonly busy?: Holder;
};

/** One product of the warehouse in a preview, and what would become of it. */
export type PreviewRow = {
  readonly product: WarehouseProduct;
  readonly kind: 'matched' | 'ambiguous' | 'differs' | 'unknown';
  readonly by?: MatchedBy;
  readonly ours: readonly { readonly id: ProductId; readonly name: string; readonly sku?: string }[];
  /** What may be sold now and then; shops with a link would be told. */
  readonly was?: number;
  readonly willBe?: number;
  readonly shops: number;
};
export type WarehousePreview = {
  readonly rows: readonly PreviewRow[];
  readonly counts: Readonly<Record<PreviewRow['kind'], number>> & {
    readonly byKey: Readonly<Partial<Record<MatchedBy, number>>>;
    /** Matched products whose figure would change, and links over which a shop would be told. */
    readonly figures: number;
    readonly links: number;
  };
  /** Products of ours that the warehouse does not show, the first thousand, and how many there are. */
  readonly notInWarehouse: readonly { readonly id: ProductId; readonly name: string; readonly sku?: string }[];
  readonly notInWarehouseCount: number;
  readonly broken: readonly BrokenRow[];
};

/** Where stock figures come from. */
export type WarehouseService = {
  show(): WarehouseOverview | undefined;
  drivers(): readonly WarehouseDriver[];
  add(given: NewWarehouse): WarehouseSettings;
  change(change: WarehouseChange): WarehouseSettings;
  /** Back to our own stock; the figures stay as they are. */
  remove(): void;
  saveCredentials(secrets: Secrets): Promise<void>;
  test(signal: AbortSignal): Promise<WarehouseTest>;
  /** Reads all products with their figures, and takes them in. */
  sync(signal: AbortSignal, onProgress?: (counts: WarehouseCounts) => void): Promise<WarehouseSync>;
  /** What a reading would do, without doing it. Rejects with a `ShopError`. */
  preview(signal: AbortSignal): Promise<WarehousePreview>;
};
