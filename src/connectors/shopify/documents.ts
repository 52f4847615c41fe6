/** The version that every call asks for; Shopify makes one a quarter and keeps each for a year at least. */
export const apiVersion = '2026-10';

/** A GraphQL document, what it is called, and the fields the program can do without when the key may not read them. */
export type Document = {
  readonly name: string;
  readonly text: string;
  readonly optionalFields: readonly string[];
};

const document = (name: string, text: string, optionalFields: readonly string[] = []): Document => ({
  name,
  text,
  optionalFields,
});

/** Text is taken without its markup and cut by the shop, since a page may repeat it 250 times. */
const productFields = `id title status onlineStoreUrl isGiftCard hasOnlyDefaultVariant createdAt updatedAt
  description(truncateAt: 2000)
  featuredMedia { preview { image { url } } }`;
const productHead = `fragment ProductHead on Product {
  ${productFields}
}`;

const variantFields = 'id sku barcode title position price requiresComponents availableForSale createdAt updatedAt';
const available = 'quantities(names: ["available"]) { name quantity }';
const levelAtOne = `inventoryLevel(locationId: $location) @include(if: $located) { ${available} }`;
const variantRow = `fragment VariantRow on ProductVariant {
  ${variantFields}
  media(first: 1) { nodes { preview { image { url } } } }
  inventoryItem {
    id tracked
    ${levelAtOne}
  }
}`;

/** What a further location is asked for under; the first is `inventoryLevel`. A list of levels would cost as many points a row as it may hold. */
export const levelAlias = 'at_';
const levelsAt = (ids: readonly string[]): readonly string[] =>
  ids.map((id) => `${levelAlias}${id}: inventoryLevel(locationId: "gid://shopify/Location/${id}") { ${available} }`);

/** The same reading, for the figure at further locations too; by their numbers. */
export const alsoAt = ({ name, text, optionalFields }: Document, ids: readonly string[]): Document => ({
  name,
  text: ids.length === 0 ? text : text.replace(levelAtOne, [levelAtOne, ...levelsAt(ids)].join('\n    ')),
  optionalFields: [...optionalFields, ...ids.map((id) => `${levelAlias}${id}`)],
});

/** Asked along with every reading, so that another shop at the same address is noticed at once. */
const whose = 'shop { id currencyCode }';

/** Fields without which a listing can still be told. */
const spareOfListings = ['inventoryLevel', 'productVariantsCount'];

/** Every variant of the shop, flat: one row, one thing with a stock figure. */
export const variantsPage = document(
  'VariantsPage',
  `query VariantsPage($first: Int!, $after: String, $query: String, $counted: Boolean!, $located: Boolean!, $location: ID!) {
  ${whose}
  productVariantsCount(query: $query, limit: null) @include(if: $counted) { count precision }
  productVariants(first: $first, after: $after, query: $query, sortKey: ID) {
    nodes { ...VariantRow product { ...ProductHead } }
    pageInfo { hasNextPage endCursor }
  }
}
${variantRow}
${productHead}`,
  spareOfListings,
);

/** Products that changed, each with its first variants: a new status moves the product's date and no variant's. */
export const changedProducts = document(
  'ChangedProducts',
  `query ChangedProducts($first: Int!, $after: String, $query: String!, $variants: Int!, $located: Boolean!, $location: ID!) {
  ${whose}
  products(first: $first, after: $after, query: $query, sortKey: ID) {
    nodes {
      ...ProductHead
      variants(first: $variants) { nodes { ...VariantRow } pageInfo { hasNextPage endCursor } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
${variantRow}
${productHead}`,
  spareOfListings,
);

export const productById = document(
  'ProductById',
  `query ProductById($id: ID!, $first: Int!, $after: String, $located: Boolean!, $location: ID!) {
  ${whose}
  product(id: $id) {
    ...ProductHead
    variants(first: $first, after: $after) { nodes { ...VariantRow } pageInfo { hasNextPage endCursor } }
  }
}
${variantRow}
${productHead}`,
  spareOfListings,
);

/** Several products, each with its first variants; a hole is a product that is not there. */
export const productsById = document(
  'ProductsById',
  `query ProductsById($ids: [ID!]!, $first: Int!, $located: Boolean!, $location: ID!) {
  ${whose}
  nodes(ids: $ids) {
    ... on Product {
      ...ProductHead
      variants(first: $first) { nodes { ...VariantRow } pageInfo { hasNextPage endCursor } }
    }
  }
}
${variantRow}
${productHead}`,
  spareOfListings,
);

/** Who answers; also asked in place of a question that cannot be put. */
export const identityQuery = document(
  'WhoAreYou',
  `query WhoAreYou {
  shop { id name myshopifyDomain currencyCode ianaTimezone }
  currentAppInstallation { accessScopes { handle } }
}`,
);

/** Locations of fulfilment services are asked for too, so that they can be told apart and left alone. */
export const locationsPage = document(
  'LocationsPage',
  `query LocationsPage($after: String) {
  locations(first: 50, after: $after, includeLegacy: true, includeInactive: false) {
    nodes { id name isActive isFulfillmentService }
    pageInfo { hasNextPage endCursor }
  }
}`,
);

export const ordersPage = document(
  'OrdersPage',
  `query OrdersPage($first: Int!, $after: String, $query: String!) {
  shop { id }
  orders(first: $first, after: $after, query: $query, sortKey: CREATED_AT) {
    nodes {
      id test createdAt cancelledAt displayFinancialStatus displayFulfillmentStatus
      lineItems(first: 25) { nodes { ...SoldLine } pageInfo { hasNextPage endCursor } }
    }
    pageInfo { hasNextPage endCursor }
  }
}
fragment SoldLine on LineItem { sku currentQuantity variant { id } product { id } }`,
);

export const orderLines = document(
  'OrderLines',
  `query OrderLines($id: ID!, $after: String) {
  node(id: $id) {
    ... on Order { lineItems(first: 100, after: $after) { nodes { ...SoldLine } pageInfo { hasNextPage endCursor } } }
  }
}
fragment SoldLine on LineItem { sku currentQuantity variant { id } product { id } }`,
);

/** What is to be written to, as it is at this moment; a hole is a variant that is not there. */
export const stockTargets = document(
  'StockTargets',
  `query StockTargets($ids: [ID!]!, $location: ID!) {
  shop { id }
  location(id: $location) { id isActive isFulfillmentService }
  nodes(ids: $ids) {
    ... on ProductVariant {
      id requiresComponents
      product { id status isGiftCard }
      inventoryItem {
        id tracked
        inventoryLevel(locationId: $location) { quantities(names: ["available"]) { name quantity } }
      }
    }
  }
}`,
);

/** Sets figures, all or none. Since 2026-04 it is refused without `@idempotent` or `changeFromQuantity`. */
export const setQuantities = document(
  'SetQuantities',
  `mutation SetQuantities($input: InventorySetQuantitiesInput!, $key: String!) {
  inventorySetQuantities(input: $input) @idempotent(key: $key) {
    inventoryAdjustmentGroup { changes { name quantityAfterChange item { id } location { id } } }
    userErrors { code field message }
  }
}`,
);

/**
 * The same as `variantsPage` of the whole shop, as one file is ordered of it: without variables, and with edges, since
 * pictures come as lines of their own. Locations are numbers.
 */
export const allVariants = ([first, ...others]: readonly string[]): string => `query AllVariants {
  productVariants(sortKey: ID) { edges { node {
    ${variantFields}
    media(first: 1) { edges { node { ... on MediaImage { id preview { image { url } } } } } }
    inventoryItem { id tracked ${first === undefined ? '' : `inventoryLevel(locationId: "gid://shopify/Location/${first}") { ${available} }`} ${levelsAt(others).join(' ')} }
    product { ${productFields} }
  } } }
}`;

/** Orders a file; it changes nothing in the shop. Children stand right behind what they belong to. */
export const orderFile = document(
  'OrderFile',
  `mutation OrderFile($query: String!) {
  bulkOperationRunQuery(query: $query, groupObjects: true) {
    bulkOperation { id }
    userErrors { code field message }
  }
}`,
);

export const orderedFile = document(
  'OrderedFile',
  `query OrderedFile($id: ID!) {
  ${whose}
  bulkOperation(id: $id) { id status errorCode createdAt objectCount fileSize url }
}`,
);

/** Every document there is, so that a test can hold them against Shopify's own schema. */
export const documents: readonly Document[] = [
  variantsPage,
  changedProducts,
  productById,
  productsById,
  identityQuery,
  locationsPage,
  ordersPage,
  orderLines,
  stockTargets,
  setQuantities,
  orderFile,
  orderedFile,
];
