import { medusa } from '../../src/connectors/medusa/driver.ts';
import { medusaId } from '../../src/demo/simulators/medusa/rows.ts';
import { medusaDialect } from '../../src/demo/simulators/medusa.ts';
import { describeConnector } from './shop-connector.contract.ts';

describeConnector('Medusa', {
  driver: medusa,
  dialect: () => medusaDialect,
  secretsOf: ({ secret }) => ({ secret_key: secret }),
  // Nothing that has to do with stock moves a date that a list of changes has.
  shop: { copying: 'keeps-sku', still: ['stock', 'variants'], idOf: medusaId },
  activities: { archived: 'disabled' },
  noTimeZone: true,
  writes: ({ body }: { readonly body: string }) => /stocked_quantity/.test(body),
});
