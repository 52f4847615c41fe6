import { describe, expect, it, vi } from 'vitest';
import { maxRows, waitFor } from '../../../src/connectors/shopify/client/query-cost.ts';
import { toSku } from '../../../src/domain/ids.ts';
import { morning } from '../../support/builders.ts';
import { everything, forever, open } from './open-shopify.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('What a Shopify shop may say', () => {
  it('A2: finds a barcode in every spelling, and no other that only looks alike', async () => {
    const { shop, connector } = await open();
    shop.add({ sku: 'CUP', barcode: '5701234567899' });
    shop.add({ sku: 'BOWL', barcode: '05701234567905' });
    shop.add({ sku: 'HOUSE', barcode: 'HYLDE-7' });
    shop.add({ sku: 'OTHER', barcode: 'HYLDE 7' });
    const found = async (barcode: string) => (await connector.withGtin!(barcode, forever))?.map(({ sku }) => sku);
    expect(await found('05701234567899')).toEqual(['CUP']);
    expect(await found('5701234567905')).toEqual(['BOWL']);
    expect(await found('HYLDE-7')).toEqual(['HOUSE']);
    expect(await found('4006381333931')).toEqual([]);
  });

  it('A5: a figure that is no whole number is told, and the row is read all the same', async () => {
    const { shop, connector } = await open({}, {}, (usual) => ({
      answer: (request, of) => {
        const answer = usual.answer(request, of);
        return { ...answer, body: JSON.stringify(answer.body).replaceAll('"quantity":7', '"quantity":7.5') };
      },
    }));
    shop.add({ sku: 'CUP', quantity: 7 });
    const [listing] = await everything(connector);
    expect(listing).toMatchObject({
      sku: toSku('CUP'),
      stock: { tracked: true, unreadable: { field: 'available', value: '7.5' } },
    });
    const outcomes = await connector.push([{ ref: listing!.ref, quantity: 3, key: 'k' }], forever);
    expect(outcomes).toMatchObject([{ kind: 'refused', why: 'figure-unreadable' }]);
    expect(shop.shelf[0]!.variants[0]!.quantity).toBe(7);
  });

  it('A6: what is active and cannot be bought says why', async () => {
    const { shop, connector } = await open();
    const out = shop.add({ sku: 'OUT', tracked: false });
    out.variants[0]!.stockStatus = 'outofstock';
    shop.add({ sku: 'HIDDEN', hidden: true, quantity: 2 });
    shop.add({ sku: 'FINE', quantity: 2 });
    const told = new Map(
      (await everything(connector)).map(({ sku, unbuyable }) => [String(sku), unbuyable?.map(({ why }) => why)]),
    );
    expect([...told]).toEqual([
      ['OUT', ['out-of-stock']],
      ['HIDDEN', ['hidden']],
      ['FINE', undefined],
    ]);
  });

  it.each([1e300, Number.MAX_VALUE])('R18: a cost of %d makes nobody wait for ever, or not at all', (cost) => {
    const bucket = { maximum: cost, available: 0, restoreRate: 1e-9, at: morning };
    expect(waitFor(cost, bucket, morning)).toBe(300_000);
    expect(waitFor(maxRows, { maximum: 2000, available: 0, restoreRate: 100, at: morning }, morning)).toBe(2500);
  });
});
