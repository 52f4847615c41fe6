import { z } from 'zod';
import type { ConnectionReport, ConnectionWarning, Permission } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { clockAhead, clockWarnings } from '../driver-parts/clock-ahead.ts';
import type { VendureApi } from './api.ts';
import { ordersDocument, stockDocument, whoDocument, writeDocument } from './documents.ts';
import { allLocations } from './locations.ts';
import { optionNames } from './options.ts';
import { type VendureLocation, whoSchema } from './wire.ts';

const doing = 'testing the connection';
const ordinaryChannel = '__default_channel__';

/** Asks who the channel is and what the key may do. The one mutation is an empty batch, which writes nothing. */
export async function testConnection(api: VendureApi, signal: AbortSignal): Promise<ConnectionReport> {
  const who = await api.ask({ document: whoDocument, schema: whoSchema, doing, needs: 'Authenticated' }, signal);
  const { token, code, defaultCurrencyCode, seller } = who.data.activeChannel;
  const may = (document: string, variables: Readonly<Record<string, unknown>>): Promise<boolean> =>
    granted(api.ask({ document, variables, schema: z.unknown(), doing, needs: '' }, signal));
  const one = { options: { take: 1 } };
  const products = await may(stockDocument, one);
  const write = await may(writeDocument, { input: [] });
  const orders = await may(ordersDocument, one);
  const locations = await allLocations(api, signal).catch(noneWhereForbidden);
  const clockAheadMs = clockAhead(who.date, api.clock);
  const name = seller?.name;
  return {
    identity: token ?? '',
    shopName: code === undefined || code === ordinaryChannel ? name : [name, code].filter(Boolean).join(', '),
    currency: defaultCurrencyCode,
    clockAheadMs,
    permissions: permissionsOf({ products, write, orders, locations: locations !== undefined }),
    warnings: [...locationWarnings(api, locations), ...clockWarnings(clockAheadMs)],
    choices: (locations ?? []).map(({ id, name: label }, _, all) => ({
      option: optionNames.location,
      value: id,
      label: label ?? id,
      usual: all.length === 1,
    })),
  };
}

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

const noneWhereForbidden = (error: unknown): undefined => {
  if (error instanceof ShopError && error.kind === 'forbidden') return undefined;
  throw error;
};

type Rights = Readonly<Record<'products' | 'write' | 'orders' | 'locations', boolean>>;

const permissionsOf = ({ products, write, orders, locations }: Rights): readonly Permission[] => [
  { wanted: 'read-products', platformWord: 'ReadCatalog', granted: products, needed: true },
  { wanted: 'read-stock', platformWord: 'ReadStockLocation', granted: locations, needed: true },
  { wanted: 'write-stock', platformWord: 'UpdateCatalog', granted: write, needed: true },
  { wanted: 'read-orders', platformWord: 'ReadOrder', granted: orders, needed: false },
];

function locationWarnings(
  { options }: VendureApi,
  locations: readonly VendureLocation[] | undefined,
): readonly ConnectionWarning[] {
  if (locations === undefined) return options.location === undefined ? ['no-location-chosen'] : [];
  const isSettled =
    options.location === undefined ? locations.length === 1 : locations.some(({ id }) => id === options.location);
  return isSettled ? [] : ['no-location-chosen'];
}
