/** A shop's own word for what a product is; each dialect says it in its platform's way. A strange word is passed on raw. */
export type FakeStatus = 'active' | 'draft' | 'archived' | 'private' | 'unlisted' | 'trashed' | (string & {});

/** What a product is made of. Only `simple` and `variable` have stock figures of their own. */
export type FakeKind =
  | 'simple'
  | 'variable'
  | 'grouped'
  | 'external'
  | 'bundle'
  | 'composite'
  | 'gift-card'
  | 'download';

/** One sellable thing. A simple product has exactly one, whose id only some platforms show. */
export type FakeVariant = {
  /** Of the same number space as products, as in WordPress. */
  readonly id: string;
  readonly inventoryItemId: string;
  sku?: string;
  barcode?: string;
  /** What stands in another of the fields for a barcode, on a platform that has several. */
  otherBarcode?: string;
  options: { readonly name: string; readonly value: string }[];
  /** A picture of its own. */
  image?: string;
  /** A decimal text, as shops write it; `undefined` where none is set. */
  price?: string;
  /** At the first location. */
  quantity: number;
  /** The item was never put to the first location, on a platform where one has to be. */
  notPlaced?: true;
  /** By location id, for all locations but the first. */
  elsewhere: Record<string, number>;
  /** The shop's own word for what can be had, where it is not what the figure says. */
  stockStatus?: 'instock' | 'outofstock' | 'onbackorder';
  /** `parent`: the product holds the figure for all its variants. */
  tracked: boolean | 'parent';
  /** The figure follows the shop's own warehouses, which no other program may fill. */
  followsWarehouses?: true;
  enabled: boolean;
  createdAt: number;
  updatedAt: number;
};

export type FakeProduct = {
  readonly id: string;
  kind: FakeKind;
  /** A plug-in's own word for what it is, where the platform lets plug-ins have some; its variants are of that kind, too. */
  pluginKind?: string;
  title: string;
  status: FakeStatus;
  /** What a trashed product goes back to. */
  statusBeforeTrash?: FakeStatus;
  /** Active, yet in no list and no search of the shop front. */
  hidden: boolean;
  description: string;
  image?: string;
  /** In which list customers find it; `hidden` outweighs it. */
  visibility?: 'visible' | 'catalog' | 'search';
  /** A plug-in says that nobody may buy it. */
  purchasable?: boolean;
  /** The language of a shop that is translated; the same in all when left out. */
  language?: string;
  /** The same in other languages: ids by language, its own among them. */
  translations?: Readonly<Record<string, string>>;
  /** A variable product's own item number, barcode and stock figure; its variants have theirs. */
  sku?: string;
  barcode?: string;
  tracked: boolean;
  quantity: number;
  /** Other fields a plug-in keeps, such as a barcode under a name of its own. */
  meta: Record<string, string>;
  variants: FakeVariant[];
  createdAt: number;
  updatedAt: number;
};

export type FakeOrder = {
  readonly id: string;
  /** A strange word is passed on raw: shops have states of their own. */
  status: 'pending' | 'paid' | 'shipped' | 'cancelled' | 'refunded' | (string & {});
  /** A rehearsal, not a sale. */
  readonly test: boolean;
  readonly createdAt: number;
  updatedAt: number;
  readonly lines: {
    readonly productId: string;
    readonly variantId?: string;
    readonly sku?: string;
    readonly quantity: number;
    /** Of these, what was called back while the rest of the order stands. */
    readonly calledBack?: number;
  }[];
};

export type FakeLocation = { readonly id: string; name: string; active: boolean; ofAnotherApp: boolean };

/** The port's own words for what a key may do; a dialect turns them into its platform's. */
export type FakePermission =
  | 'read-products'
  | 'read-stock'
  | 'write-stock'
  | 'read-orders'
  | 'read-all-orders'
  | 'read-settings';

/** `key` is a user name where the platform has one; `secret` is the password, or the token itself. */
export type FakeCredential = {
  readonly key: string;
  readonly secret: string;
  permissions: Set<FakePermission>;
  revoked: boolean;
};

/** What a test or demo says of a variant when adding it; the rest has usual values. */
export type NewVariant = Partial<Omit<FakeVariant, 'inventoryItemId'>>;

/** What a test or demo says of a product when adding it. `sku`, `barcode`, `price`, `quantity` of a simple one are its variant's. */
export type NewProduct = Partial<Omit<FakeProduct, 'variants' | 'tracked'>> & {
  readonly price?: string;
  readonly otherBarcode?: string;
  readonly tracked?: boolean;
  readonly variants?: readonly NewVariant[];
};
