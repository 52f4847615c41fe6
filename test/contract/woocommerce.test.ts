import { wooCommerce } from '../../src/connectors/woocommerce/driver.ts';
import { olderWooCommerceDialect, wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { describeConnector } from './shop-connector.contract.ts';

const common = {
  driver: wooCommerce,
  stockless: ['grouped', 'external', 'bundle', 'gift-card'] as const,
  countable: ['bundle', 'composite', 'gift-card'] as const,
  secretsOf: ({ key, secret }: { key: string; secret: string }) => ({ key, secret }),
};
describeConnector('WooCommerce', { ...common, dialect: () => wooCommerceDialect });
describeConnector('older WooCommerce', { ...common, noGtinSearch: true, dialect: () => olderWooCommerceDialect });
