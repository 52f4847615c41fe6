import { describe, expect, test } from 'vitest';
import { later } from '../../src/domain/ids.ts';
import type { InactiveRow } from '../../src/domain/inactive/inactive.ts';
import { day, idIn, openStreet, pushEverything, type Street, stockUp, syncAll, theProduct, whyIn } from './street.ts';

const shown = (rows: readonly InactiveRow[]) =>
  rows.map(({ shopId, rung, signals }) => {
    const [first] = signals;
    return [shopId, rung, first.kind, first.kind === 'not-visible' ? first.shopSays : ''];
  });
const report = async (street: Street) => shown((await street.services.inactiveWithStock({})).rows);

describe('active, and not where customers see it', () => {
  test("is on the report with the shop's own word, never as inactive; the link stays", async () => {
    const street = await openStreet(['dk', 'de']);
    stockUp(street, ['dk', 'de'], 'A-1');
    stockUp(street, ['dk', 'de'], 'A-2');
    await syncAll(street);
    await street.services.setStock((await theProduct(street, 'A-1')).id, 6);
    await street.services.setStock((await theProduct(street, 'A-2')).id, 6);
    street.shop('dk').edit(idIn(street, 'dk', 'A-1'), { hidden: true });
    street.shop('de').setStatus(idIn(street, 'de', 'A-2'), 'unlisted');
    await syncAll(street);
    expect(await report(street)).toEqual([
      ['dk', 'unsure', 'not-visible', 'publish, hidden'],
      ['de', 'unsure', 'not-visible', 'UNLISTED, not in online store'],
    ]);
    expect((await whyIn(street, 'A-1', 'dk')).verdict).toBe('integrated');
  });

  test('says nothing where it is how the whole shop is run', async () => {
    const street = await openStreet(['dk']);
    const skus = Array.from({ length: 30 }, (_, at) => `A-${at}`);
    for (const sku of skus) stockUp(street, ['dk'], sku);
    for (const sku of skus.slice(0, 25)) street.shop('dk').edit(idIn(street, 'dk', sku), { hidden: true });
    await syncAll(street);
    await street.services.importStock(
      skus.map((sku) => ({ sku, onHand: 2 })),
      { create: false, dryRun: false },
    );
    expect(await report(street)).toEqual([]);
  });
});

describe('a nought that hides its goods', () => {
  const deadlock = async (hours: number) => {
    const street = await openStreet(['dk']);
    stockUp(street, ['dk'], 'A-1');
    await syncAll(street);
    const { id } = await theProduct(street, 'A-1');
    await street.services.setStock(id, 0);
    await pushEverything(street);
    street.clock.advance(hours * 3_600_000);
    street.shop('dk').setStatus(idIn(street, 'dk', 'A-1'), 'draft');
    await syncAll(street);
    await street.services.setStock(id, 12);
    return street;
  };
  const told = async (street: Street) => {
    const why = await whyIn(street, 'A-1', 'dk');
    const evidence = why.verdict === 'integrated' ? [] : why.findings[0].evidence.map(({ kind }) => kind);
    const [row] = (await street.services.inactiveWithStock({})).rows;
    const signals = row!.signals.flatMap((one) => (one.kind === 'shop-says' ? [one.evidence.kind] : []));
    return { evidence, signals };
  };

  test('is told beside the cause and in the report, when the shop went inactive soon after', async () => {
    const { evidence, signals } = await told(await deadlock(2));
    expect(evidence).toContain('hidden-after-zero');
    expect(signals).toEqual(['shop-says', 'hidden-after-zero']);
  });

  test('is not guessed of what went inactive long after', async () => {
    const { evidence, signals } = await told(await deadlock(24 * 5));
    expect(evidence).not.toContain('hidden-after-zero');
    expect(signals).toEqual(['shop-says']);
  });
});

describe('a mark with an end', () => {
  test.each(['ticked', 'note', 'not-for-this-shop'] as const)('%s: counts until then, and no longer', async (kind) => {
    const street = await openStreet(['dk', 'no']);
    stockUp(street, ['dk'], 'A-1');
    await syncAll(street);
    const { id } = await theProduct(street, 'A-1');
    await street.services.setStock(id, 3);
    street.shop('dk').setStatus(idIn(street, 'dk', 'A-1'), 'draft');
    await syncAll(street);
    const until = later(street.clock.now(), 5 * day);
    await street.services.mark({ productId: id, kind, text: 'set efter', until });
    const marks = async () => (await street.services.product(id))!.marks.map((mark) => mark.kind);
    expect(await marks()).toEqual([kind]);
    street.clock.advance(5 * day);
    expect(await marks()).toEqual([]);
    const { ticked, rows } = await street.services.inactiveWithStock({});
    expect([ticked, rows.length > 0]).toEqual([0, true]);
  });
});
