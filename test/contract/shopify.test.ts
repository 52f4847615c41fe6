import { shopify } from '../../src/connectors/shopify/driver.ts';
import type { Dialect } from '../../src/demo/simulators/server.ts';
import { makeShopifyDialect, type ShopifyOptions } from '../../src/demo/simulators/shopify.ts';
import { describeConnector } from './shop-connector.contract.ts';

const common = {
  driver: shopify,
  countable: ['gift-card'] as const,
  shop: { copying: 'keeps-sku' as const },
};
const dialect = (options: ShopifyOptions): Dialect =>
  makeShopifyDialect({ bucket: { maximum: 20_000, restoreRate: 1000 }, ...options });

describeConnector('Shopify', {
  ...common,
  dialect: () => dialect({}),
  secretsOf: ({ secret }) => ({ token: secret }),
});

/** Where a token is got first, "slow down" can also come outside GraphQL, as a status. */
const slowDown: Dialect['slowDown'] = ({ temper }) => ({
  status: 429,
  headers: { 'retry-after': temper.retryAfter ?? '1' },
  body: { errors: 'Exceeded 2 calls per second for api client.' },
});
describeConnector('Shopify (as an app)', {
  ...common,
  dialect: () => ({ ...dialect({ tellsAfter: true }), slowDown }),
  secretsOf: ({ key, secret }) => ({ client_id: key, client_secret: secret }),
});
