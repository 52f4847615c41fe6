import { danDomainClassic } from '../../src/connectors/dandomain-classic/driver.ts';
import { makeClassicDialect } from '../../src/demo/simulators/dandomain-classic.ts';
import { describeConnector } from './shop-connector.contract.ts';

const common = {
  driver: danDomainClassic,
  secretsOf: ({ secret }: { secret: string }) => ({ key: secret }),
  stockless: ['gift-card'] as const,
  activities: { draft: 'disabled', archived: 'disabled' } as const,
  fixedStatuses: true as const,
  uniqueSku: true as const,
  alwaysCounted: true as const,
  writes: ({ method }: { method: string }) => method === 'PUT',
  untoldRights: ['write-stock'] as const,
};
describeConnector('DanDomain Classic', { ...common, dialect: () => makeClassicDialect() });
describeConnector('DanDomain Classic with small pages', {
  ...common,
  dialect: () => makeClassicDialect({ largestPage: 30, missingIsNull: true }),
});
