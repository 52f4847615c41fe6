import type { ConnectionReport, Permission } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { readRows } from '../decode.ts';
import { clockAhead, clockWarnings } from '../driver-parts/clock-ahead.ts';
import type { Criteria, Found, ShopwareApi } from './api.ts';
import { askConfig } from './identity.ts';
import { salesChannelOption } from './map.ts';
import { currencySchema, integrationSchema, salesChannelSchema, systemCurrency } from './schema.ts';

const doing = 'testing the connection';

/** Asks who the shop is and what the key may do. Searching by POST writes nothing. */
export async function testConnection(api: ShopwareApi, signal: AbortSignal): Promise<ConnectionReport> {
  const { names, version, reply } = await askConfig(api, signal);
  const products = await quietly(api, 'product', { limit: 1, includes: { product: ['id'] } }, signal);
  const orders = await quietly(
    api,
    'order-line-item',
    { limit: 1, associations: { order: {} }, includes: { order_line_item: ['id'] } },
    signal,
  );
  const channels = await quietly(
    api,
    'sales-channel',
    {
      limit: 100,
      sort: [{ field: 'createdAt', order: 'ASC' }],
      includes: { sales_channel: ['id', 'name', 'translated'] },
    },
    signal,
  );
  const currencies = await quietly(
    api,
    'currency',
    { ids: [systemCurrency], includes: { currency: ['id', 'isoCode'] } },
    signal,
  );
  const privileges = await ownPrivileges(api, signal);
  const sales = readRows(salesChannelSchema, channels?.rows ?? []).rows;
  const chosen = sales.find((channel) => channel.id === api.shop.options[salesChannelOption]) ?? sales[0];
  const clockAheadMs = clockAhead(reply.date, api.clock);
  return {
    identity: names[0] ?? '',
    shopName: chosen?.translated?.name ?? chosen?.name,
    version,
    currency: readRows(currencySchema, currencies?.rows ?? []).rows[0]?.isoCode,
    // Every moment is kept and told in UTC.
    timeZone: 'UTC',
    clockAheadMs,
    permissions: permissionsOf({ products, orders, privileges }),
    warnings: clockWarnings(clockAheadMs),
    choices: sales.map((channel) => ({
      option: salesChannelOption,
      value: channel.id,
      label: channel.translated?.name ?? channel.name ?? channel.id,
      usual: sales.length === 1,
    })),
  };
}

/** What was found, and nothing where the key may not look there. */
async function quietly(
  api: ShopwareApi,
  entity: string,
  criteria: Criteria,
  signal: AbortSignal,
): Promise<Found | undefined> {
  try {
    return await api.search({ entity, criteria, doing }, signal);
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'forbidden') return undefined;
    throw error;
  }
}

/** The integration's own row tells its rights. Nothing but a write would tell otherwise, and a test writes nothing. */
async function ownPrivileges(
  api: ShopwareApi,
  signal: AbortSignal,
): Promise<((privilege: string) => boolean) | undefined> {
  const criteria = {
    limit: 1,
    filter: [{ type: 'equals', field: 'accessKey', value: api.clientId }],
    associations: { aclRoles: {} },
    includes: { integration: ['id', 'admin', 'aclRoles'], acl_role: ['privileges'] },
  };
  const found = await quietly(api, 'integration', criteria, signal);
  const [own] = readRows(integrationSchema, found?.rows ?? []).rows;
  if (own === undefined) return undefined;
  const held = new Set(own.aclRoles.flatMap((role) => role.privileges));
  return (privilege) => own.admin === true || held.has(privilege);
}

type Probes = {
  readonly products: Found | undefined;
  readonly orders: Found | undefined;
  readonly privileges: ((privilege: string) => boolean) | undefined;
};

function permissionsOf({ products, orders, privileges }: Probes): readonly Permission[] {
  return [
    { wanted: 'read-products', platformWord: 'product:read', granted: products !== undefined, needed: true },
    { wanted: 'write-stock', platformWord: 'product:update', granted: privileges?.('product:update'), needed: true },
    {
      wanted: 'read-orders',
      platformWord: 'order:read, order_line_item:read',
      granted: orders !== undefined,
      needed: false,
    },
    {
      wanted: 'read-settings',
      platformWord: 'integration:read, acl_role:read',
      granted: privileges !== undefined,
      needed: false,
    },
  ];
}
