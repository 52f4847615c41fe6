import { shopware } from '../../src/connectors/shopware/driver.ts';
import { makeShopwareDialect, shopwareId } from '../../src/demo/simulators/shopware.ts';
import { describeConnector } from './shop-connector.contract.ts';

const common = {
  driver: shopware,
  secretsOf: ({ key, secret }: { key: string; secret: string }) => ({ client_id: key, client_secret: secret }),
  // Every moment is kept in UTC, and orders move stock and no date.
  shop: { idOf: shopwareId, timeZone: 'UTC', ordersMoveDates: false },
  // On or off is all there is.
  activities: { draft: 'disabled', archived: 'disabled', discontinued: 'disabled' } as const,
  alwaysCounted: true as const,
  stockless: ['bundle', 'download'] as const,
  writes: ({ body }: { readonly body: string }) => /"stock":\d/.test(body),
};
describeConnector('Shopware', { ...common, dialect: () => makeShopwareDialect() });
describeConnector('Shopware (behind a proxy that drops its headers)', {
  ...common,
  dialect: () => makeShopwareDialect({ dropsInheritance: true, tellsShopId: false }),
});
