import { buildSchema, GraphQLError, type GraphQLSchema, isScalarType } from 'graphql';

/**
 * The part of Vendure's admin schema (3.7.3) that the simulator can answer from a shelf. Every field, argument and type
 * is spelt as the real one spells it, which `npm run test:real` holds against a real server.
 */
export const vendureSdl = (barcodeField: string): string => `
schema { query: Query mutation: Mutation }

scalar DateTime
scalar Money

type Query {
  activeChannel: Channel!
  globalSettings: GlobalSettings!
  product(id: ID, slug: String): Product
  products(options: ProductListOptions): ProductList!
  productVariants(options: ProductVariantListOptions, productId: ID): ProductVariantList!
  stockLocations(options: StockLocationListOptions): StockLocationList!
  orders(options: OrderListOptions): OrderList!
}

type Mutation {
  login(username: String!, password: String!, rememberMe: Boolean): NativeAuthenticationResult!
  updateProductVariants(input: [UpdateProductVariantInput!]!): [ProductVariant]!
}

interface ErrorResult { errorCode: ErrorCode! message: String! }
enum ErrorCode { INVALID_CREDENTIALS_ERROR NATIVE_AUTH_STRATEGY_ERROR }
union NativeAuthenticationResult = CurrentUser | InvalidCredentialsError
type CurrentUser { id: ID! identifier: String! }
type InvalidCredentialsError implements ErrorResult { errorCode: ErrorCode! message: String! }

enum CurrencyCode { DKK EUR GBP NOK SEK USD JPY }
enum GlobalFlag { TRUE FALSE INHERIT }
enum SortOrder { ASC DESC }

type Seller { id: ID! name: String! }
type Channel {
  id: ID! code: String! token: String! defaultCurrencyCode: CurrencyCode! trackInventory: Boolean
  outOfStockThreshold: Int seller: Seller
}
type GlobalSettings { id: ID! trackInventory: Boolean! outOfStockThreshold: Int! }
type Asset { id: ID! preview: String! }
type ProductOptionGroup { id: ID! }

type Product {
  id: ID! createdAt: DateTime! updatedAt: DateTime! name: String! description: String! enabled: Boolean!
  featuredAsset: Asset optionGroups: [ProductOptionGroup!]!
}
type ProductList { items: [Product!]! totalItems: Int! }

type StockLevel { id: ID! stockLocationId: ID! stockOnHand: Int! stockAllocated: Int! }
type ProductVariantCustomFields { ${barcodeField}: String }
type ProductVariant {
  id: ID! productId: ID! createdAt: DateTime! updatedAt: DateTime! enabled: Boolean! sku: String! name: String!
  trackInventory: GlobalFlag! outOfStockThreshold: Int! useGlobalOutOfStockThreshold: Boolean!
  price: Money! priceWithTax: Money! currencyCode: CurrencyCode! featuredAsset: Asset product: Product!
  stockLevels: [StockLevel!]! customFields: ProductVariantCustomFields
}
type ProductVariantList { items: [ProductVariant!]! totalItems: Int! }

type StockLocation { id: ID! name: String! }
type StockLocationList { items: [StockLocation!]! totalItems: Int! }

type OrderLine { id: ID! quantity: Int! productVariant: ProductVariant! }
type Order { id: ID! state: String! orderPlacedAt: DateTime lines: [OrderLine!]! }
type OrderList { items: [Order!]! totalItems: Int! }

input IDOperators { eq: String notEq: String in: [String!] notIn: [String!] isNull: Boolean }
input StringOperators { eq: String notEq: String contains: String in: [String!] notIn: [String!] isNull: Boolean }
input DateOperators { eq: DateTime before: DateTime after: DateTime isNull: Boolean }

input ProductSortParameter { id: SortOrder updatedAt: SortOrder }
input ProductFilterParameter { id: IDOperators updatedAt: DateOperators }
input ProductListOptions { skip: Int take: Int sort: ProductSortParameter filter: ProductFilterParameter }

input ProductVariantSortParameter { id: SortOrder updatedAt: SortOrder }
input ProductVariantFilterParameter {
  id: IDOperators productId: IDOperators sku: StringOperators updatedAt: DateOperators ${barcodeField}: StringOperators
}
input ProductVariantListOptions {
  skip: Int take: Int sort: ProductVariantSortParameter filter: ProductVariantFilterParameter
}

input StockLocationSortParameter { id: SortOrder }
input StockLocationListOptions { skip: Int take: Int sort: StockLocationSortParameter }

input OrderSortParameter { id: SortOrder orderPlacedAt: SortOrder }
input OrderFilterParameter { orderPlacedAt: DateOperators }
input OrderListOptions { skip: Int take: Int sort: OrderSortParameter filter: OrderFilterParameter }

input StockLevelInput { stockLocationId: ID! stockOnHand: Int! }
input UpdateProductVariantInput { id: ID! stockOnHand: Int stockLevels: [StockLevelInput!] }
`;

/** The schema, where a date that is none is refused as what does not fit (measured: HTTP 400). */
export function makeVendureSchema(barcodeField: string): GraphQLSchema {
  const schema = buildSchema(vendureSdl(barcodeField));
  const date = schema.getType('DateTime');
  if (isScalarType(date)) date.coerceInputValue = dateOf;
  return schema;
}

function dateOf(value: unknown): unknown {
  if (typeof value === 'string' && !Number.isNaN(Date.parse(value))) return value;
  throw new GraphQLError(`DateTime cannot represent an invalid date-time-string ${String(value)}.`);
}
