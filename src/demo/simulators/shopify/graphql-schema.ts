import { buildSchema, type GraphQLSchema, isEnumType } from 'graphql';

/**
 * The part of Shopify's Admin schema (2026-10) that the simulator can answer from a shelf: every field, argument
 * and type is spelt as in the real one, and a test holds them against it. Nothing may be added that is not there.
 */
export const sdl = `
directive @idempotent(key: String!) on FIELD

schema { query: QueryRoot mutation: Mutation }

scalar DateTime
scalar Money
scalar URL
scalar UnsignedInt64

interface Node { id: ID! }
interface Media { id: ID! preview: MediaPreviewImage }

type QueryRoot {
  bulkOperation(id: ID!): BulkOperation
  shop: Shop!
  currentAppInstallation: AppInstallation!
  location(id: ID): Location
  locations(
    after: String, first: Int, includeInactive: Boolean = false, includeLegacy: Boolean = false
  ): LocationConnection!
  node(id: ID!): Node
  nodes(ids: [ID!]!): [Node]!
  orders(after: String, first: Int, query: String, sortKey: OrderSortKeys = PROCESSED_AT): OrderConnection!
  product(id: ID!): Product
  products(after: String, first: Int, query: String, sortKey: ProductSortKeys = ID): ProductConnection!
  productVariants(
    after: String, first: Int, query: String, sortKey: ProductVariantSortKeys = ID
  ): ProductVariantConnection!
  productVariantsCount(limit: Int = 10000, query: String): Count
}

type Mutation {
  bulkOperationRunQuery(groupObjects: Boolean! = false, query: String!): BulkOperationRunQueryPayload
  inventorySetQuantities(input: InventorySetQuantitiesInput!): InventorySetQuantitiesPayload
}

enum OrderSortKeys { CREATED_AT ID PROCESSED_AT }
enum ProductSortKeys { ID }
enum ProductVariantSortKeys { ID }
enum ProductStatus { ACTIVE ARCHIVED DRAFT UNLISTED }
enum CountPrecision { AT_LEAST EXACT }
enum CurrencyCode { DKK EUR GBP NOK SEK USD JPY }

type PageInfo { hasNextPage: Boolean! endCursor: String }
type Count { count: Int! precision: CountPrecision! }

type Shop implements Node {
  id: ID! name: String! myshopifyDomain: String! currencyCode: CurrencyCode! ianaTimezone: String!
}
type AppInstallation implements Node { id: ID! accessScopes: [AccessScope!]! }
type AccessScope { handle: String! }

type Location implements Node { id: ID! name: String! isActive: Boolean! isFulfillmentService: Boolean! }
type LocationConnection { nodes: [Location!]! pageInfo: PageInfo! }

type Image { url: URL! }
type MediaPreviewImage { image: Image }
type MediaImage implements Media & Node { id: ID! preview: MediaPreviewImage }
type MediaEdge { node: Media! }
type MediaConnection { edges: [MediaEdge!]! nodes: [Media!]! }

type Product implements Node {
  id: ID! title: String! status: ProductStatus! onlineStoreUrl: URL isGiftCard: Boolean!
  hasOnlyDefaultVariant: Boolean! createdAt: DateTime! updatedAt: DateTime!
  description(truncateAt: Int): String!
  featuredMedia: Media
  variants(after: String, first: Int): ProductVariantConnection!
}
type ProductConnection { nodes: [Product!]! pageInfo: PageInfo! }

type ProductVariant implements Node {
  id: ID! sku: String barcode: String title: String! position: Int! price: Money! requiresComponents: Boolean!
  availableForSale: Boolean!
  createdAt: DateTime! updatedAt: DateTime!
  media(first: Int): MediaConnection!
  inventoryItem: InventoryItem!
  product: Product!
}
type ProductVariantEdge { node: ProductVariant! }
type ProductVariantConnection { edges: [ProductVariantEdge!]! nodes: [ProductVariant!]! pageInfo: PageInfo! }

type InventoryItem implements Node {
  id: ID! tracked: Boolean!
  inventoryLevel(locationId: ID!): InventoryLevel
}
type InventoryLevel { quantities(names: [String!]!): [InventoryQuantity!]! }
type InventoryQuantity { name: String! quantity: Int! }

type Order implements Node {
  id: ID! test: Boolean! createdAt: DateTime! cancelledAt: DateTime
  displayFinancialStatus: OrderDisplayFinancialStatus displayFulfillmentStatus: OrderDisplayFulfillmentStatus!
  lineItems(after: String, first: Int): LineItemConnection!
}
enum OrderDisplayFinancialStatus {
  AUTHORIZED EXPIRED PAID PARTIALLY_PAID PARTIALLY_REFUNDED PENDING REFUNDED VOIDED
}
enum OrderDisplayFulfillmentStatus {
  FULFILLED IN_PROGRESS ON_HOLD OPEN PARTIALLY_FULFILLED PENDING_FULFILLMENT REQUEST_DECLINED RESTOCKED SCHEDULED UNFULFILLED
}
type OrderConnection { nodes: [Order!]! pageInfo: PageInfo! }
type LineItem implements Node { id: ID! sku: String quantity: Int! currentQuantity: Int! variant: ProductVariant product: Product }
type LineItemConnection { nodes: [LineItem!]! pageInfo: PageInfo! }

type BulkOperation implements Node {
  id: ID! status: BulkOperationStatus! errorCode: BulkOperationErrorCode createdAt: DateTime!
  objectCount: UnsignedInt64! fileSize: UnsignedInt64 url: URL
}
type BulkOperationRunQueryPayload { bulkOperation: BulkOperation userErrors: [BulkOperationUserError!]! }
type BulkOperationUserError { code: BulkOperationUserErrorCode field: [String!] message: String! }
enum BulkOperationStatus { CANCELED CANCELING COMPLETED CREATED EXPIRED FAILED RUNNING }
enum BulkOperationErrorCode { ACCESS_DENIED INTERNAL_SERVER_ERROR TIMEOUT }
enum BulkOperationUserErrorCode { INVALID LIMIT_REACHED OPERATION_IN_PROGRESS }

input InventorySetQuantitiesInput {
  name: String! quantities: [InventoryQuantityInput!]! reason: String! referenceDocumentUri: String
}
input InventoryQuantityInput { changeFromQuantity: Int inventoryItemId: ID! locationId: ID! quantity: Int! }
type InventorySetQuantitiesPayload {
  inventoryAdjustmentGroup: InventoryAdjustmentGroup
  userErrors: [InventorySetQuantitiesUserError!]!
}
type InventoryAdjustmentGroup implements Node { id: ID! changes: [InventoryChange!]! }
type InventoryChange { name: String! quantityAfterChange: Int item: InventoryItem location: Location }
type InventorySetQuantitiesUserError {
  code: InventorySetQuantitiesUserErrorCode field: [String!] message: String!
}
enum InventorySetQuantitiesUserErrorCode {
  CHANGE_FROM_QUANTITY_STALE IDEMPOTENCY_CONCURRENT_REQUEST IDEMPOTENCY_KEY_PARAMETER_MISMATCH
  IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED INVALID_INVENTORY_ITEM INVALID_LOCATION INVALID_NAME INVALID_REASON
  INVALID_QUANTITY_TOO_HIGH INVALID_QUANTITY_TOO_LOW NON_MUTABLE_INVENTORY_ITEM
  NO_DUPLICATE_INVENTORY_ITEM_ID_GROUP_ID_PAIR
}
`;

/** The schema, whose product status and currency let a word through that only a later version knows. */
export function makeSchema(): GraphQLSchema {
  const schema = buildSchema(sdl);
  for (const name of ['ProductStatus', 'CurrencyCode']) {
    const type = schema.getType(name);
    if (isEnumType(type)) type.coerceOutputValue = (value) => String(value);
  }
  return schema;
}
