import type { TableName } from '../../domain/changes.ts';

// The fields that are looked at; nothing is known of them until they have been.
type Unknown = { readonly [Field in Fields]?: unknown };
type Fields =
  | 'id'
  | 'shopId'
  | 'shopProductId'
  | 'shopVariantId'
  | 'productId'
  | 'ref'
  | 'createdAt'
  | 'name'
  | 'platform'
  | 'url'
  | 'content'
  | 'stock'
  | 'location'
  | 'onHand'
  | 'activity'
  | 'integration'
  | 'at'
  | 'because'
  | 'kind'
  | 'rows';

const isObject = (value: unknown): value is Unknown => typeof value === 'object' && value !== null;
const isText = (value: unknown): value is string => typeof value === 'string';
const isRef = (value: unknown): boolean =>
  isObject(value) &&
  isText(value.shopId) &&
  isText(value.shopProductId) &&
  (value.shopVariantId === undefined || isText(value.shopVariantId));
const isLink = (value: unknown): boolean =>
  isObject(value) && isText(value.productId) && isRef(value.ref) && isText(value.createdAt);

/** What each record must have to have a place in the tables, and to be shown without a crash. */
export const recordChecks: { readonly [Name in TableName]: (row: Unknown) => boolean } = {
  shops: (row) => isText(row.id) && isText(row.name) && isText(row.platform) && isText(row.url),
  shopStates: (row) => isText(row.shopId),
  products: (row) => isText(row.id) && isObject(row.content) && isText(row.content.name) && isObject(row.stock),
  stockLevels: (row) => isText(row.productId) && isText(row.location) && typeof row.onHand === 'number',
  listings: (row) => isRef(row.ref) && isText(row.activity) && isObject(row.content) && isText(row.content.name),
  integrations: isLink,
  tombstones: (row) => isLink(row.integration) && isText(row.at) && isText(row.because),
  conflicts: (row) => isRef(row.ref) && isText(row.kind),
  rulings: (row) => isRef(row.ref) && isText(row.kind),
  sales: (row) => isRef(row.ref) && isText(row.at),
  marks: (row) => isText(row.productId) && isText(row.kind),
  plans: (row) => isText(row.id) && Array.isArray(row.rows),
};

export const isRecordOf = (name: TableName, row: unknown): boolean => isObject(row) && recordChecks[name](row);
