import type { ConnectionReport, ConnectionWarning, Permission } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { clockAhead, clockWarnings } from '../driver-parts/clock-ahead.ts';
import { type Answer, type BigCommerceApi, type Question, scopes } from './api.ts';
import { askStore } from './identity.ts';
import { allLocations, locationOption } from './locations.ts';
import type { Location } from './schema.ts';

const doing = 'testing the connection';

/** Asks who the store is and what the key may do. The one PUT is a list without items, which writes nothing. */
export async function testConnection(api: BigCommerceApi, signal: AbortSignal): Promise<ConnectionReport> {
  const ask = (question: Omit<Question, 'doing'>): Promise<Answer> => api.ask({ ...question, doing }, signal);
  const products = await ask({ path: 'v3/catalog/products', query: { limit: '1', include_fields: 'id' } });
  // A wrong key ends the test, a missing right is a finding.
  if (!products.ok && products.error.kind !== 'forbidden') throw products.error;
  const store = await unlessForbidden(askStore(api, signal));
  const locations = await unlessForbidden(allLocations(api, signal));
  const stock = await ask({ path: 'v3/inventory/items', query: { limit: '1' } });
  const write = await ask({ method: 'PUT', path: 'v3/inventory/adjustments/absolute', json: { items: [] } });
  const orders = await ask({ path: 'v2/orders', query: { limit: '1' } });
  const date = products.ok ? products.reply.date : store?.reply.date;
  const clockAheadMs = clockAhead(date, api.clock);
  const usable = (locations ?? []).filter((location) => location.enabled !== false);
  return {
    identity: store?.store.id ?? api.storeHash,
    shopName: store?.store.name,
    currency: store?.store.currency,
    timeZone: store?.store.timezone?.name,
    clockAheadMs,
    permissions: permissionsOf({ products, stock, write, orders, information: store !== undefined }),
    warnings: warningsOf(api, { usable, known: locations !== undefined, clockAheadMs }),
    choices: usable.map((location) => ({
      option: locationOption,
      value: location.id,
      label: location.label ?? location.code ?? location.id,
      usual: usable.length === 1,
    })),
  };
}

async function unlessForbidden<Value>(work: Promise<Value>): Promise<Value | undefined> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ShopError && error.kind === 'forbidden') return undefined;
    throw error;
  }
}

/** Yes when it was answered, no when it was refused, and unknown when something else was wrong. */
const granted = (answer: Answer): boolean | undefined =>
  answer.ok ? true : answer.error.kind === 'forbidden' ? false : undefined;

/** The list without items is wrong, and who may not write is told so before anybody looks at it. */
const grantedToWrite = (answer: Answer): boolean | undefined =>
  !answer.ok && (answer.problem.status === 422 || answer.problem.status === 400) ? true : granted(answer);

type Probes = Readonly<Record<'products' | 'stock' | 'write' | 'orders', Answer>> & { readonly information: boolean };

const permissionsOf = ({ products, stock, write, orders, information }: Probes): readonly Permission[] => [
  { wanted: 'read-products', platformWord: scopes.products, granted: granted(products), needed: true },
  { wanted: 'read-stock', platformWord: scopes.stock, granted: granted(stock), needed: true },
  { wanted: 'write-stock', platformWord: scopes.writeStock, granted: grantedToWrite(write), needed: true },
  { wanted: 'read-orders', platformWord: scopes.orders, granted: granted(orders), needed: false },
  { wanted: 'read-settings', platformWord: scopes.information, granted: information, needed: false },
];

type Found = {
  readonly usable: readonly Location[];
  /** The key may see locations. */
  readonly known: boolean;
  readonly clockAheadMs: number | undefined;
};

function warningsOf(api: BigCommerceApi, { usable, known, clockAheadMs }: Found): readonly ConnectionWarning[] {
  const chosen = api.shop.options[locationOption];
  const settled = chosen === undefined ? usable.length === 1 : usable.some(({ id }) => id === chosen);
  return [
    ...(settled || (!known && chosen !== undefined) ? [] : (['no-location-chosen'] as const)),
    ...clockWarnings(clockAheadMs),
  ];
}
