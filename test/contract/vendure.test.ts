import { vendure } from '../../src/connectors/vendure/driver.ts';
import { makeVendureDialect } from '../../src/demo/simulators/vendure.ts';
import { describeConnector } from './shop-connector.contract.ts';

const common = {
  driver: vendure,
  // On or off is all there is; a sale is an allocation, and moves no date.
  activities: { draft: 'disabled', archived: 'disabled', discontinued: 'disabled' } as const,
  shop: { copying: 'suffixes-sku', still: ['variants'], ordersMoveDates: false } as const,
  options: { barcode: 'ean' },
  stockless: [] as const,
  noTimeZone: true as const,
  writes: ({ body }: { readonly body: string }) => /updateProductVariants/.test(body),
};
describeConnector('Vendure', {
  ...common,
  dialect: () => makeVendureDialect(),
  secretsOf: ({ key, secret }) => ({ api_key: `${key}:${secret}` }),
});
describeConnector('Vendure (by password, and few rows at once)', {
  ...common,
  dialect: () => makeVendureDialect({ listLimit: 60 }),
  secretsOf: ({ key, secret }) => ({ username: key, password: secret }),
});
