import type { ConnectionReport, ConnectionWarning, Permission } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { readRow } from '../decode.ts';
import { clockAhead, clockWarnings } from '../driver-parts/clock-ahead.ts';
import type { WooApi, WooResponse } from './client/api.ts';
import { askSiteBehindWall, identityIn, identityInSystem, identityOf } from './client/identity.ts';
import { settingSchema, systemSchema, type WooSite } from './schema.ts';

/** Asks who the shop is and what the key may do. The one POST is an empty batch, which writes nothing. */
export async function testConnection(api: WooApi, signal: AbortSignal): Promise<ConnectionReport> {
  // A wall may keep the front of the API closed: then the shop behind it says who it is.
  const answer = await askSiteBehindWall(api, signal);
  if (answer !== undefined && !answer.site.namespaces.includes('wc/v3')) {
    throw api.trouble('refused', { doing, found: 'there is no WooCommerce API (wc/v3) here' });
  }
  const site = answer?.site;
  const products = await probe(api, { path: 'products', query: { per_page: '1', _fields: 'id,_links' } }, signal);
  if (!products.ok) throwUnlessForbidden(api, products);
  const system = await probe(api, { path: 'system_status', query: { _fields: 'environment,settings' } }, signal);
  const setting = await probe(api, { path: 'settings/products/woocommerce_manage_stock' }, signal);
  const orders = await probe(api, { path: 'orders', query: { per_page: '1', _fields: 'id' } }, signal);
  // A host that sends a POST elsewhere says nothing about the right to write.
  const write = await probe(api, { method: 'POST', path: 'products/batch', json: { update: [] } }, signal).catch(
    (error: unknown) => {
      if (error instanceof ShopError && error.kind === 'moved') return undefined;
      throw error;
    },
  );
  const systemRead = system.ok ? readRow(systemSchema, system.body) : undefined;
  const { environment, settings } = systemRead?.ok ? systemRead.value : {};
  const { date } = (answer ?? products).reply;
  const clockAheadMs = clockAhead(date, api.clock);
  const identity = site === undefined ? identityBehindWall(products, system) : identityOf(site);
  if (identity === undefined) {
    throw api.trouble('refused', { doing, found: 'the shop does not say who it is: the front of its API is closed' });
  }
  return {
    identity,
    shopName: site?.name,
    version: environment?.version,
    currency: settings?.currency,
    timeZone: site === undefined ? undefined : timeZoneOf(site),
    clockAheadMs,
    permissions: permissionsOf({ products, write, orders, system }),
    warnings: warningsOf(api, { setting, clockAheadMs }),
    choices: [],
  };
}

const doing = 'testing the connection';

function identityBehindWall(products: WooResponse, system: WooResponse): string | undefined {
  const row: unknown = products.ok && Array.isArray(products.body) ? products.body[0] : undefined;
  return (system.ok ? identityInSystem(system.body) : undefined) ?? identityIn(row);
}

type Quiet = {
  readonly method?: 'GET' | 'POST';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly json?: unknown;
};

const probe = (api: WooApi, quiet: Quiet, signal: AbortSignal): Promise<WooResponse> =>
  api.ask({ ...quiet, path: `wc/v3/${quiet.path}`, doing }, signal);

/** Reading products is the least: a wrong key ends the test, a missing right is a finding. */
function throwUnlessForbidden(api: WooApi, answer: WooResponse): void {
  if (answer.ok) return;
  const error = api.errorOf(answer.wooError, answer.reply);
  if (error.kind !== 'forbidden') throw error;
}

type Probes = Readonly<Record<'products' | 'orders' | 'system', WooResponse>> & {
  readonly write: WooResponse | undefined;
};

function permissionsOf({ products, write, orders, system }: Probes): readonly Permission[] {
  return [
    { wanted: 'read-products', platformWord: 'read', granted: granted(products), needed: true },
    { wanted: 'write-stock', platformWord: 'write', granted: granted(write), needed: true },
    { wanted: 'read-orders', platformWord: 'read orders', granted: granted(orders), needed: false },
    { wanted: 'read-settings', platformWord: 'manage_woocommerce', granted: granted(system), needed: false },
  ];
}

/** Yes when it was answered, no when WooCommerce refused it, and unknown when something else or somebody else did. */
const granted = (answer: WooResponse | undefined): boolean | undefined => {
  if (answer === undefined || answer.ok) return answer?.ok;
  const { status, code } = answer.wooError;
  return (status === 401 || status === 403) && code.startsWith('woocommerce') ? false : undefined;
};

function warningsOf(
  api: WooApi,
  found: { readonly setting: WooResponse; readonly clockAheadMs: number | undefined },
): readonly ConnectionWarning[] {
  const setting = found.setting.ok ? readRow(settingSchema, found.setting.body) : undefined;
  const off = setting?.ok === true && setting.value.value === 'no';
  return [
    ...(off ? (['stock-management-off'] as const) : []),
    ...(api.credentialsInQuery() ? (['credentials-had-to-go-in-query'] as const) : []),
    ...clockWarnings(found.clockAheadMs),
  ];
}

/** The zone's name, or its offset where the site was given only that. */
function timeZoneOf(site: WooSite): string | undefined {
  if (site.timezone_string !== undefined) return site.timezone_string;
  const hours = Number(site.gmt_offset);
  if (site.gmt_offset === undefined || site.gmt_offset === null || Number.isNaN(hours)) return undefined;
  const minutes = Math.round(Math.abs(hours) * 60);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${hours < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}
