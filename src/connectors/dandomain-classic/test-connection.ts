import type { ConnectionReport, Permission } from '../../ports/shop-connector.ts';
import { readRows } from '../decode.ts';
import { clockAhead, clockWarnings } from '../driver-parts/clock-ahead.ts';
import type { Answer, ClassicApi, Service } from './api.ts';
import { type ClassicSite, type OrderState, stateSchema } from './schema.ts';
import { identityOf, readShopInfo } from './sites.ts';

const doing = 'testing the connection';

/** Asks who the shop is and what the key may read. Whether it may write shows only when it does: nothing is tried. */
export async function testConnection(api: ClassicApi, signal: AbortSignal): Promise<ConnectionReport> {
  const info = await readShopInfo(api, signal);
  const products = await askQuietly(api, { service: 'ProductDataService', path: 'ProductCount' }, signal);
  const states = await askQuietly(api, { service: 'OrderService', path: 'OrderStates' }, signal);
  const { sites, company, date } = info;
  const site = sites.find(({ id }) => id === api.options.site) ?? sites[0];
  const clockAheadMs = clockAhead(date, api.clock);
  return {
    identity: identityOf(info),
    shopName: company ?? site?.name,
    currency: site?.currencyCode,
    timeZone: api.options.timeZone,
    clockAheadMs,
    permissions: permissionsOf(products, states),
    warnings: clockWarnings(clockAheadMs),
    choices: [...sites.map(siteChoice(site)), ...statesIn(states).map(stateChoice)],
  };
}

type Quiet = { readonly service: Service; readonly path: string };

/** Reading products is the least: a wrong key ends the test, a missing right is a finding. */
async function askQuietly(api: ClassicApi, quiet: Quiet, signal: AbortSignal): Promise<Answer> {
  const answer = await api.ask({ ...quiet, doing }, signal);
  if (answer.ok) return answer;
  const error = api.errorOf(answer);
  if (error.kind !== 'forbidden' && quiet.service === 'ProductDataService') throw error;
  if (error.temporary) throw error;
  return answer;
}

const permissionsOf = (products: Answer, states: Answer): readonly Permission[] => [
  { wanted: 'read-products', platformWord: 'ProductDataService', granted: granted(products), needed: true },
  { wanted: 'write-stock', platformWord: 'ProductDataService (SetStockCount)', granted: undefined, needed: true },
  { wanted: 'read-orders', platformWord: 'OrderService', granted: granted(states), needed: false },
  { wanted: 'read-settings', platformWord: 'SettingService', granted: true, needed: true },
];

const granted = (answer: Answer): boolean | undefined => {
  if (answer.ok) return true;
  return answer.status === 401 || answer.status === 403 ? false : undefined;
};

const siteChoice =
  (usual: ClassicSite | undefined) =>
  ({ id, name, currencyCode }: ClassicSite) => ({
    option: 'site',
    value: id,
    label: [name ?? `site ${id}`, currencyCode].filter((part) => part !== undefined).join(', '),
    usual: id === usual?.id,
  });

const statesIn = (answer: Answer): readonly OrderState[] =>
  answer.ok && Array.isArray(answer.body) ? readRows(stateSchema, answer.body).rows : [];

const stateChoice = ({ id, name, exclStatistics }: OrderState) => ({
  option: 'saleStates',
  value: id,
  label: name ?? id,
  usual: exclStatistics !== true,
});
