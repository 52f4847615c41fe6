import { describe, expect, it } from 'vitest';
import { makeConnectorFactory } from '../../src/connectors/connector-factory.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { shopify } from '../../src/connectors/shopify/driver.ts';
import { wooCommerce } from '../../src/connectors/woocommerce/driver.ts';
import { toPlatformId, toShopId } from '../../src/domain/ids.ts';
import type { PlatformDriver, SecretKeeping, Secrets } from '../../src/ports/platform.ts';
import { ownVariables } from '../../src/runtime/environment/own-variables.ts';
import type { ConnectorFactory } from '../../src/services/dependencies/service-dependencies.ts';
import { warehouseRegistry } from '../../src/warehouses/registry.ts';
import { warehouseVariables } from '../../src/warehouses/warehouse-factory.ts';
import { makeShop } from '../support/builders.ts';
import { makeClock } from '../support/clock.ts';

const shop = makeShop({ url: 'https://shop.example' });
const keys = { key: 'ck_1', secret: 'cs_1' };

function open(kept: Record<string, Secrets> = {}, reservedVariables: readonly string[] = []) {
  const saved: [string, Secrets][] = [];
  const connectors: ConnectorFactory = makeConnectorFactory({
    drivers: platformRegistry,
    credentialsFor: ({ id }) => kept[id],
    save: async ({ id }, secrets) => void saved.push([id, secrets]),
    reservedVariables: () => reservedVariables,
    clock: makeClock(),
  });
  return { connectors, saved };
}

/** WooCommerce's own, with another test of the connection. */
const driverThat = (test: (keeping: SecretKeeping | undefined) => Promise<void>): PlatformDriver => ({
  ...wooCommerce,
  connect: (input) => ({
    ...wooCommerce.connect({ ...input, options: {} }),
    test: async () => {
      await test(input.keeping);
      return { identity: 'it', permissions: [], warnings: [], choices: [] };
    },
  }),
});

function openWith(driver: PlatformDriver) {
  const saved: [string, Secrets][] = [];
  const connectors = makeConnectorFactory({
    drivers: { get: () => driver, all: () => [driver] },
    credentialsFor: () => undefined,
    save: async ({ id }, secrets) => void saved.push([id, secrets]),
    clock: makeClock(),
  });
  return { connectors, saved };
}

it('holds the secret of its webhooks back where a shop prints it, as its keys', async () => {
  const hookSecret = 'h00k'.repeat(8);
  const driver: PlatformDriver = {
    ...wooCommerce,
    connect: (input) => ({
      ...wooCommerce.connect({ ...input, options: {} }),
      test: async () => ({ identity: `${hookSecret} ck_1`, permissions: [], warnings: [], choices: [] }),
    }),
  };
  const connectors = makeConnectorFactory({
    drivers: { get: () => driver, all: () => [driver] },
    credentialsFor: (_shop, names) => (names.includes('webhook_secret') ? { webhook_secret: hookSecret } : undefined),
    save: async () => {},
    clock: makeClock({ auto: true }),
  });
  const told = await connectors.connect(shop, keys)?.test(new AbortController().signal);
  expect(told?.identity).toBe('[hidden] ck_1');
});

const ofTomorrow = { ...shop, platform: toPlatformId('of-tomorrow') };

describe('The door to the shops', () => {
  it('opens with kept or given credentials, and not without all of them', () => {
    expect(open().connectors.connect(shop)).toBeUndefined();
    expect(open({ dk: { key: 'ck_1' } }).connectors.connect(shop)).toBeUndefined();
    expect(open({ dk: { key: 'ck_1', secret: '' } }).connectors.hasCredentials(shop)).toBe(false);
    expect(open().connectors.connect(shop, keys)?.platform).toBe('woocommerce');
    expect(open({ dk: keys }).connectors.hasCredentials(shop)).toBe(true);
  });

  it('keeps one connector a shop, until the shop or its key changes', () => {
    const kept: Record<string, Secrets> = { dk: keys };
    const { connectors } = open(kept);
    const first = connectors.connect(shop);
    expect(connectors.connect({ ...shop })).toBe(first);
    const renewed = connectors.connect({ ...shop, url: 'https://other.example' });
    expect(renewed).not.toBe(first);
    kept.dk = { key: 'ck_2', secret: 'cs_2' };
    expect(connectors.connect({ ...shop, url: 'https://other.example' })).not.toBe(renewed);
  });

  it('does not keep credentials that were only given', () => {
    const { connectors } = open();
    connectors.connect(shop, keys);
    expect(connectors.connect(shop)).toBeUndefined();
    const keeping = open({ dk: keys }).connectors;
    const first = keeping.connect(shop);
    expect(keeping.connect(shop, { key: 'ck_2', secret: 'cs_2' })).not.toBe(first);
    expect(keeping.connect(shop)).toBe(first);
  });

  it('keeps what a shop put in the place of typed credentials when they were tried, not what was typed', async () => {
    const { connectors, saved } = openWith(
      driverThat(async (keeping) => void (await keeping?.renew(async (kept) => ({ ...kept, secret: 'cs_2' })))),
    );
    await connectors.connect(shop, keys)?.test(new AbortController().signal);
    await connectors.saveCredentials(shop, keys);
    expect(saved).toEqual([['dk', { key: 'ck_1', secret: 'cs_2' }]]);
    expect(keys.secret).toBe('cs_1');
  });

  it('names what it looks for and never what it holds', () => {
    const { connectors } = open({ 'dk-1': keys });
    expect(connectors.credentialNames({ ...shop, id: makeShop().id })).toEqual([
      'BINDELED_DK_KEY',
      'BINDELED_DK_SECRET',
    ]);
    expect(connectors.credentialNames({ ...shop, platform: shopify.id })).toEqual([
      'BINDELED_DK_CLIENT_ID',
      'BINDELED_DK_CLIENT_SECRET',
      'BINDELED_DK_TOKEN',
    ]);
    expect(JSON.stringify(connectors)).not.toContain('ck_1');
  });

  it('neither opens nor looks for a key where the platform is not known', () => {
    const { connectors } = open({ dk: keys });
    expect(connectors.connect(ofTomorrow)).toBeUndefined();
    expect(connectors.hasCredentials(ofTomorrow)).toBe(false);
    expect(connectors.credentialNames(ofTomorrow)).toEqual([]);
  });

  it('is opened by any form that is filled in whole', () => {
    const ofShopify = { ...shop, platform: shopify.id };
    expect(open({ dk: { client_id: 'a' } }).connectors.hasCredentials(ofShopify)).toBe(false);
    expect(open({ dk: { client_id: 'a', client_secret: 'b' } }).connectors.hasCredentials(ofShopify)).toBe(true);
    expect(open({ dk: { token: 'shpat_1' } }).connectors.hasCredentials(ofShopify)).toBe(true);
  });

  it.each([
    ['dk-b', 'dk.b', true],
    ['dk-b', 'dk_b', true],
    ['dk', 'dk-b', false],
    ['dk', 'DK', true],
    ['dk-client', 'dk', true],
    ['dk-webhook', 'dk', true],
  ])('tells whether %s and %s would look under one name: %s', (one, other, shared) => {
    expect(open().connectors.sharesVariables(toShopId(one), toShopId(other))).toBe(shared);
  });

  it.each([
    ['smtp', 'BINDELED_SMTP_PASSWORD'],
    ['Smtp', 'BINDELED_SMTP_PASSWORD'],
    ['warehouse', 'BINDELED_WAREHOUSE_KEY'],
    ['warehouse.webhook', 'BINDELED_WAREHOUSE_WEBHOOK_SECRET'],
    ['smtp-dk', undefined],
    ['store', undefined],
    ['warehouse-2', undefined],
  ])('tells that %s would look where something else lies: %s', (id, variable) => {
    const reservedVariables = [...ownVariables, ...warehouseVariables(warehouseRegistry)];
    expect(open({}, reservedVariables).connectors.reservedVariable(toShopId(id))).toBe(variable);
  });

  it('saves through, and knows addresses and abilities by platform', async () => {
    const { connectors, saved } = open();
    await connectors.saveCredentials(shop, keys);
    expect(saved).toEqual([['dk', keys]]);
    expect(connectors.driver(wooCommerce.id)?.normaliseUrl('shop.example/wp-json')).toEqual({
      url: 'https://shop.example',
    });
    expect(connectors.driver(shopify.id)?.capabilities.compareAndSet).toBe(true);
    expect(connectors.driver(toPlatformId('of-tomorrow'))).toBeUndefined();
  });
});
