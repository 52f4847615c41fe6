import { prestaShop } from '../../src/connectors/prestashop/driver.ts';
import { keyOf, makePrestaShopDialect, prestaShopDialect } from '../../src/demo/simulators/prestashop.ts';
import { describeConnector } from './shop-connector.contract.ts';

const common = {
  driver: prestaShop,
  stockless: ['bundle'] as const,
  countable: ['bundle'] as const,
  activities: { archived: 'disabled' } as const,
  shop: { copying: 'keeps-sku', still: ['stock', 'variants'] } as const,
  secretsOf: (credential: { secret: string }) => ({ key: keyOf(credential) }),
};
describeConnector('PrestaShop', { ...common, dialect: () => prestaShopDialect });
describeConnector('PrestaShop 1.7', {
  ...common,
  dialect: () => makePrestaShopDialect({ version: '1.7.8', languages: 1, knowsPatch: false }),
});
