import type { VendureOptions } from './options.ts';

/**
 * Who answers, and what holds for all variants that do not say otherwise. It stands in every question, so that it is
 * always known. Vendure sells by its global settings: the channel's own columns of these names are read by nothing yet.
 */
const settings = 'globalSettings { trackInventory outOfStockThreshold }';
const channel = `activeChannel { id code token defaultCurrencyCode trackInventory outOfStockThreshold } ${settings}`;

const stockFields = 'id productId sku trackInventory stockLevels { stockLocationId stockOnHand stockAllocated }';
const productFields = 'id name enabled description createdAt updatedAt featuredAsset { preview }';

const variantFields = ({ barcode }: VendureOptions): string =>
  `${stockFields} name enabled outOfStockThreshold useGlobalOutOfStockThreshold priceWithTax currencyCode createdAt
  updatedAt featuredAsset { preview } ${barcode === undefined ? '' : `customFields { barcode: ${barcode} }`}
  product { ${productFields} }`;

const listOf = (name: string, fields: string): string =>
  `query List($options: ${name === 'productVariants' ? 'ProductVariant' : 'Product'}ListOptions) {
    ${channel} list: ${name}(options: $options) { totalItems items { ${fields} } } }`;

export const variantsDocument = (options: VendureOptions): string => listOf('productVariants', variantFields(options));
export const stockDocument: string = listOf('productVariants', stockFields);
export const targetsDocument: string = listOf(
  'productVariants',
  `${stockFields} name enabled product { id name enabled }`,
);
export const productsDocument: string = listOf('products', `${productFields} optionGroups { id }`);

export const productDocument: string = `query Product($id: ID!) {
  ${channel} product(id: $id) { ${productFields} optionGroups { id } } }`;

export const channelDocument: string = `query Channel { ${channel} }`;
export const whoDocument: string = `query Who {
  activeChannel { id code token defaultCurrencyCode trackInventory outOfStockThreshold seller { name } } ${settings} }`;

export const locationsDocument: string = `query Locations($skip: Int!) {
  ${channel} stockLocations(options: { skip: $skip, sort: { id: ASC } }) { totalItems items { id name } } }`;

export const ordersDocument: string = `query Orders($options: OrderListOptions) {
  ${channel} list: orders(options: $options) { totalItems items {
    id state orderPlacedAt lines { quantity productVariant { id productId sku } } } } }`;

export const writeDocument: string = `mutation WriteStock($input: [UpdateProductVariantInput!]!) {
  updateProductVariants(input: $input) { id } }`;

export const loginDocument: string = `mutation Login($username: String!, $password: String!) {
  login(username: $username, password: $password) {
    __typename ... on CurrentUser { id } ... on ErrorResult { errorCode message } } }`;
