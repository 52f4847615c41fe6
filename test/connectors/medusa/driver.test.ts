import { describe, expect, it, vi } from 'vitest';
import { medusa } from '../../../src/connectors/medusa/driver.ts';
import { errorOf, forever } from '../../contract/connector-harness.ts';
import { openMedusa } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('The Medusa driver', () => {
  it.each([
    ['https://api.shop.example/app/settings', 'https://api.shop.example'],
    ['https://api.shop.example/admin/products', 'https://api.shop.example'],
    ['api.shop.example/medusa/', 'https://api.shop.example/medusa'],
  ])('keeps %s as %s', (typed, url) => {
    expect(medusa.normaliseUrl(typed)).toEqual({ url });
  });

  it('is known by what its shop API asks everybody for', async () => {
    const { url } = await openMedusa();
    const probe = async (asked: URL, signal: AbortSignal) => {
      const reply = await fetch(asked, { signal, redirect: 'manual' });
      return { status: reply.status, headers: Object.fromEntries(reply.headers), text: await reply.text() };
    };
    expect(await medusa.detect(new URL(`${url}/app`), probe, forever)).toEqual({
      platform: 'medusa',
      confidence: 'sure',
      url,
    });
    const other = async () => ({ status: 200, headers: {}, text: '{"products":[]}' });
    expect(await medusa.detect(new URL('https://shop.example'), other, forever)).toBeUndefined();
  });

  it('names what a key of a shop with roles lacks, in words of Medusa', async () => {
    const world = await openMedusa();
    const report = await world.withOnly('read-products', 'read-stock').test(forever);
    expect(report).toMatchObject({ currency: 'DKK', warnings: [] });
    expect(report.permissions.filter(({ granted }) => !granted).map(({ platformWord }) => platformWord)).toEqual([
      'inventory_level:update',
      'order:read',
    ]);
  });

  it('says why a publishable key is not enough', async () => {
    const { connect, shop } = await openMedusa();
    shop.credentials[0]!.revoked = true;
    const error = await errorOf(connect().test(forever));
    expect([error.kind, error.detail.said]).toEqual(['unauthorized', 'Unauthorized']);
  });

  it('waits for a location to be chosen where there are several', async () => {
    const locations = ['1', '2'].map((id) => ({ id, name: `Lager ${id}`, active: true, ofAnotherApp: false }));
    const { connector, connect } = await openMedusa({ fake: { locations } });
    expect((await connector.test(forever)).warnings).toEqual(['no-location-chosen']);
    expect((await connect({ shop: { options: { location: '2' } } }).test(forever)).warnings).toEqual([]);
    expect((await connect({ shop: { options: { location: '9' } } }).test(forever)).warnings).toEqual([
      'no-location-chosen',
    ]);
  });
});
