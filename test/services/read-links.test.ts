import { describe, expect, it, vi } from 'vitest';
import { toSku } from '../../src/domain/ids.ts';
import type { StoreReader } from '../../src/ports/store.ts';
import { makeServices } from '../../src/services/facade/make-services.ts';
import { makeListing, makeShop, refTo } from '../support/builders.ts';
import { makeCatalogue } from '../support/catalogue-connector.ts';
import { makeTestHarness } from '../support/test-harness.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const dk = makeShop();
const thing = (id: number) => makeListing({ ref: refTo('dk', String(id)), sku: toSku(`A-${id}`), gtin: undefined });

/** Forty things in a shop, and a store that counts the questions it is asked. */
async function counted() {
  const listings = Array.from({ length: 40 }, (_, place) => thing(100 + place));
  const harness = await makeTestHarness([dk], [makeCatalogue('dk', listings)]);
  await harness.services.sync.run({ full: true }, new AbortController().signal);
  let questions = 0;
  const store = new Proxy(harness.store, {
    get: (target, name) => {
      const value = target[name as keyof StoreReader];
      if (typeof value !== 'function') return value;
      return (...given: unknown[]) => {
        questions += 1;
        return Reflect.apply(value, target, given);
      };
    },
  });
  return { services: makeServices({ ...harness.harness, store }), questions: () => questions };
}

describe('a list of links by hand', () => {
  it('is looked up in a handful of questions, however long it is', async () => {
    const { services, questions } = await counted();
    const lines = Array.from({ length: 40 }, (_, place) => ({
      line: place + 2,
      sku: `A-${100 + place}`,
      shopId: dk.id,
    }));
    const { links, problems } = await services.integrations.readLinks(lines);
    expect([links.length, problems]).toEqual([40, []]);
    expect(questions()).toBeLessThan(8);
  });

  it('lays beside each line the link that stands, what is meant and who has it; and names what is wrong', async () => {
    const { services } = await counted();
    const read = await services.integrations.readLinks([
      { line: 2, sku: 'A-100', shopId: dk.id },
      { line: 3, sku: 'A-101', shopId: dk.id, ref: refTo('dk', '100') },
      { line: 4, sku: 'A-102', shopId: dk.id, ref: refTo('dk', '999') },
      { line: 5, sku: '', shopId: dk.id },
      { line: 6, sku: 'nobody', shopId: dk.id },
    ]);
    expect(
      read.links.map(({ line, standing, listing, holder, product }) => [
        line,
        standing?.ref.shopProductId,
        listing?.ref.shopProductId,
        holder?.id === product.id,
      ]),
    ).toEqual([
      [2, '100', '100', true],
      [3, '101', '100', false],
      [4, '102', undefined, false],
    ]);
    expect(read.problems.map(({ line, what }) => [line, what])).toEqual([
      [5, 'value-missing'],
      [6, 'unknown-product'],
    ]);
  });
});
