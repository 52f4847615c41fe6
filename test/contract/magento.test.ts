import { magento } from '../../src/connectors/magento/driver.ts';
import { integrationOf } from '../../src/demo/simulators/magento/auth.ts';
import { makeMagentoDialect } from '../../src/demo/simulators/magento.ts';
import { describeConnector } from './shop-connector.contract.ts';

const common = {
  driver: magento,
  stockless: ['grouped', 'bundle', 'gift-card'] as const,
  activities: { draft: 'disabled', archived: 'disabled' } as const,
  shop: { still: ['stock', 'variants'], ordersLeaveStock: true } as const,
};
describeConnector('Magento (OAuth)', {
  ...common,
  dialect: () => makeMagentoDialect(),
  secretsOf: integrationOf,
});
describeConnector('Magento (access token)', {
  ...common,
  dialect: () => makeMagentoDialect({ bearer: true }),
  secretsOf: ({ secret }) => ({ access_token: secret }),
});
describeConnector('Magento (without Multi-Source Inventory)', {
  ...common,
  shop: { ...common.shop, ordersLeaveStock: false },
  dialect: () => makeMagentoDialect({ sourceless: true, bearer: true }),
  secretsOf: ({ secret }) => ({ access_token: secret }),
});
describeConnector('Magento (administrator)', {
  ...common,
  dialect: () => makeMagentoDialect(),
  secretsOf: ({ key, secret }) => ({ username: key, password: secret }),
});
