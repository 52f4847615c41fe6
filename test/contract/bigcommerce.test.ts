import { bigCommerce } from '../../src/connectors/bigcommerce/driver.ts';
import { makeBigCommerceDialect } from '../../src/demo/simulators/bigcommerce.ts';
import { describeConnector } from './shop-connector.contract.ts';

const common = {
  driver: bigCommerce,
  secretsOf: ({ secret }: { secret: string }) => ({ store_hash: 'abc123', access_token: secret }),
  path: '/stores/abc123',
  // Neither orders nor writes of stock move a product's date.
  shop: { ordersMoveDates: false },
  // There are neither drafts nor an archive.
  activities: { draft: 'disabled', archived: 'disabled' } as const,
  stockless: ['download'] as const,
  countable: ['download'] as const,
  writes: ({ body }: { readonly body: string }) => /"location_id":/.test(body),
};
describeConnector('BigCommerce', { ...common, dialect: () => makeBigCommerceDialect() });
describeConnector('BigCommerce (which does at once what it takes)', {
  ...common,
  dialect: () => makeBigCommerceDialect({ lag: -1 }),
});
