import type { AskedRequest } from '../../src/demo/simulators/temper.ts';

/** Whether a request writes stock, by platform. */
export const writesStock: Readonly<Record<string, (request: AskedRequest) => boolean>> = {
  woocommerce: ({ method }) => method !== 'GET',
  magento: ({ method, body }) => method !== 'GET' && /"quantity":\d/.test(body),
  bigcommerce: ({ method, body }) => method !== 'GET' && /"quantity":\d/.test(body),
  shopify: ({ body }) => body.includes('inventorySetQuantities'),
  prestashop: ({ method, path }) => method === 'PATCH' && !path.endsWith('/2147483647'),
  shopware: ({ body }) => /"stock":\d/.test(body),
  'dandomain-classic': ({ method }) => method === 'PUT',
  'dandomain-webshop': ({ body }) => /Product_Update.*Stock>\d/s.test(body),
  medusa: ({ body }) => body.includes('stocked_quantity'),
  vendure: ({ body }) => body.includes('stockOnHand":'),
};
