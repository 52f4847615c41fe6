import { danDomainWebshop } from '../../src/connectors/dandomain-webshop/driver.ts';
import { makeWebshopDialect } from '../../src/demo/simulators/dandomain-webshop.ts';
import { describeConnector } from './shop-connector.contract.ts';

const common = {
  driver: danDomainWebshop,
  secretsOf: ({ key, secret }: { key: string; secret: string }) => ({ username: key, password: secret }),
  shop: { copying: 'keeps-sku' as const },
  activities: { draft: 'disabled', archived: 'archived', discontinued: 'archived' } as const,
  writes: ({ body }: { body: string }) => /<(\w+:)?Product_Update/.test(body),
};
describeConnector('DanDomain Webshop', { ...common, dialect: () => makeWebshopDialect() });
describeConnector('DanDomain Webshop that knows less and ends sessions early', {
  ...common,
  dialect: () =>
    makeWebshopDialect({
      missingIsEmpty: true,
      refusesWithFalse: true,
      forgetsFieldsAfter: 9,
      endsAfter: 12,
    }),
});
