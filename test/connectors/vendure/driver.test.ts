import { describe, expect, it, vi } from 'vitest';
import { vendure } from '../../../src/connectors/vendure/driver.ts';
import { forever } from '../../contract/connector-harness.ts';
import { openVendure } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('The Vendure driver', () => {
  it.each([
    ['https://api.shop.example/admin-api', 'https://api.shop.example'],
    ['https://api.shop.example/dashboard/products/7', 'https://api.shop.example'],
    ['api.shop.example/vendure/admin/catalog', 'https://api.shop.example/vendure'],
  ])('keeps %s as %s', (typed, url) => {
    expect(vendure.normaliseUrl(typed)).toEqual({ url });
  });

  it('is known by the header that every answer of its API names', async () => {
    const { url } = await openVendure();
    const probe = async (asked: URL, signal: AbortSignal) => {
      const reply = await fetch(asked, { signal, redirect: 'manual' });
      return { status: reply.status, headers: Object.fromEntries(reply.headers), text: await reply.text() };
    };
    const found = await vendure.detect(new URL(`${url}/dashboard`), probe, forever);
    expect(found).toEqual({ platform: 'vendure', confidence: 'sure', url });
    const other = async () => ({ status: 200, headers: {}, text: 'vendure-auth-token' });
    expect(await vendure.detect(new URL('https://shop.example'), other, forever)).toBeUndefined();
  });

  it('takes no name for the barcode field that is none', () => {
    expect(vendure.options.parse({ barcode: 'ean', channel: '' })).toEqual({ barcode: 'ean' });
    expect(() => vendure.options.parse({ barcode: 'ean } password {' })).toThrow('custom field');
  });

  it('says what the channel is, which locations there are, and what is missing in words of Vendure', async () => {
    const locations = ['1', '2'].map((id) => ({ id, name: `Lager ${id}`, active: true, ofAnotherApp: false }));
    const world = await openVendure({ fake: { locations } });
    const report = await world.withOnly('read-products', 'read-stock').test(forever);
    expect(report).toMatchObject({ shopName: 'Fake shop', currency: 'DKK', warnings: ['no-location-chosen'] });
    expect(report.choices.map(({ value, label }) => [value, label])).toEqual([
      ['1', 'Lager 1'],
      ['2', 'Lager 2'],
    ]);
    expect(report.permissions.filter(({ granted }) => !granted).map(({ platformWord }) => platformWord)).toEqual([
      'UpdateCatalog',
      'ReadOrder',
    ]);
  });

  it('sends the token of the channel that was chosen', async () => {
    const world = await openVendure({
      around: (dialect) => ({
        ...dialect,
        answer: (request, shop) =>
          request.headers['vendure-token'] === 'dk-token'
            ? dialect.answer(request, shop)
            : {
                status: 200,
                body: { errors: [{ message: 'x', extensions: { code: 'CHANNEL_NOT_FOUND' } }], data: null },
              },
      }),
    });
    const chosen = world.connect({ shop: { options: { channel: 'dk-token' } } });
    expect((await chosen.page({}, forever)).listings).toEqual([]);
    await expect(world.connector.page({}, forever)).rejects.toMatchObject({ kind: 'refused' });
  });
});
