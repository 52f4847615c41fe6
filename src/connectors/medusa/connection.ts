import { z } from 'zod';
import type { ConnectionReport, ConnectionWarning, Permission } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { clockAhead, clockWarnings } from '../driver-parts/clock-ahead.ts';
import type { MedusaApi, Question } from './api.ts';
import { askStore } from './identity.ts';
import { allLocations } from './locations.ts';
import { locationOption } from './options.ts';
import type { MedusaLocation, MedusaStore } from './wire.ts';

const doing = 'testing the connection';

/** Asks who the shop is and what the key may do. The one POST is an empty batch, which writes nothing. */
export async function testConnection(api: MedusaApi, signal: AbortSignal): Promise<ConnectionReport> {
  const { data: store, date } = await askStore(api, signal);
  const may = (question: Pick<Question<unknown>, 'method' | 'path' | 'json'>): Promise<boolean> =>
    granted(api.ask({ ...question, schema: z.unknown(), doing }, signal));
  const products = await may({ path: 'products?limit=1&fields=id' });
  const stock = await may({ path: 'inventory-items?limit=1&fields=id' });
  const orders = await may({ path: 'orders?limit=1&fields=id' });
  const write = await may({ method: 'POST', path: 'inventory-items/location-levels/batch', json: { update: [] } });
  const locations = await allLocations(api, signal);
  const clockAheadMs = clockAhead(date, api.clock);
  return {
    identity: store.id,
    shopName: store.name,
    currency: currencyOf(store),
    clockAheadMs,
    permissions: permissionsOf({ products, stock, orders, write }),
    warnings: [...locationWarnings(api, locations), ...clockWarnings(clockAheadMs)],
    choices: locations.map(({ id, name }, _, all) => ({
      option: locationOption,
      value: id,
      label: name ?? id,
      usual: all.length === 1,
    })),
  };
}

/** The store's first currency, in capitals as everywhere else. */
const currencyOf = ({ supported_currencies: currencies }: MedusaStore): string | undefined =>
  (
    currencies?.find(({ is_default: isDefault }) => isDefault === true) ?? currencies?.[0]
  )?.currency_code?.toUpperCase();

/** Yes when it was answered, no when the right is missing; other trouble ends the test. */
async function granted(asking: Promise<unknown>): Promise<boolean> {
  try {
    await asking;
    return true;
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'forbidden') return false;
    throw error;
  }
}

type Rights = Readonly<Record<'products' | 'stock' | 'orders' | 'write', boolean>>;

/** A secret key may do everything, unless the shop uses roles (RBAC): then each is a policy of the key's. */
const permissionsOf = ({ products, stock, orders, write }: Rights): readonly Permission[] => [
  { wanted: 'read-products', platformWord: 'product:read', granted: products, needed: true },
  { wanted: 'read-stock', platformWord: 'inventory_item:read', granted: stock, needed: true },
  { wanted: 'write-stock', platformWord: 'inventory_level:update', granted: write, needed: true },
  { wanted: 'read-orders', platformWord: 'order:read', granted: orders, needed: false },
];

function locationWarnings({ options }: MedusaApi, locations: readonly MedusaLocation[]): readonly ConnectionWarning[] {
  const isSettled =
    options.location === undefined ? locations.length === 1 : locations.some(({ id }) => id === options.location);
  return isSettled ? [] : ['no-location-chosen'];
}
