import { describe, expect, it, vi } from 'vitest';
import { fileRows } from '../../../src/connectors/shopify/read/file-rows.ts';
import type { ShopifyOptions } from '../../../src/demo/simulators/shopify.ts';
import { errorOf } from '../../contract/connector-harness.ts';
import { askedNames, everything, forever, open, pages, short } from './open-shopify.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const large = { options: { bulkFrom: '3' } };

async function openLarge(options: ShopifyOptions = {}) {
  const opened = await open({}, options);
  opened.shop.add({ sku: 'CUP', title: 'Kop "blå" 🍏', quantity: 3, image: 'https://cdn.example/cup.jpg' });
  opened.shop.add({
    title: 'Shirt',
    variants: [
      { sku: 'S-1', quantity: 4, image: 'https://cdn.example/s1.jpg' },
      { sku: 'S-2', quantity: 5 },
    ],
  });
  opened.shop.add({ sku: 'TEA', status: 'archived', quantity: 6 });
  return opened;
}

describe('The first reading of a large shop', () => {
  it('comes as one file, and says the same as pages do', async () => {
    const { shop, connector, again } = await openLarge();
    const paged = await everything(connector);
    shop.memory.requests.length = 0;
    const [first, ...rest] = await pages(again(large));
    expect(first).toMatchObject({ listings: [], total: 4 });
    const filed = rest.flatMap(({ listings }) => listings);
    const without = (list: typeof paged) => list.map(({ seenAt: _, ...listing }) => listing);
    expect(without(filed)).toEqual(without(paged));
    expect(askedNames(shop)).toEqual([
      'LocationsPage',
      'VariantsPage',
      'OrderFile',
      'OrderedFile',
      'OrderedFile',
      'no document',
    ]);
    expect(shop.memory.requests.at(-1)).toMatchObject({ method: 'GET', credentials: 'query' });
  });

  it('is ordered of no shop that is small, or where nobody wants it', async () => {
    const { shop, again } = await openLarge();
    for (const bulkFrom of ['5', '0']) await everything(again({ options: { bulkFrom } }));
    expect(askedNames(shop)).not.toContain('OrderFile');
  });

  it.each([
    'busy',
    'fails',
    'cancelled',
    'endless',
    'address-ended',
  ] as const)('is read by pages where no file comes (%s)', async (fileTrouble) => {
    const { again } = await openLarge({ fileTrouble });
    expect((await everything(again(large))).map(short)).toHaveLength(5);
  });

  it('is read by pages where the key may not see stock', async () => {
    const { shop, again } = await openLarge();
    shop.credentials[0]?.permissions.delete('read-stock');
    const read = await everything(again({ options: { ...large.options, location: '1' } }));
    expect(read.map(({ stock }) => stock.quantity)).toEqual(Array(5).fill(undefined));
  });

  it('is no whole reading when lines of the file are missing', async () => {
    const { again } = await openLarge({ fileTrouble: 'short' });
    const error = await errorOf(pages(again(large)));
    expect([error.kind, error.detail.said]).toEqual(['unintelligible', 'the file holds 4 of 5 lines']);
  });

  it('is read on where a part came short, within a line', async () => {
    const { shop, again } = await openLarge({ fileTrouble: 'cut' });
    for (const at of Array(30).keys()) shop.add({ sku: `MORE-${at}`, quantity: at });
    expect((await everything(again(large))).map(short)).toHaveLength(35);
    expect(shop.memory.requests.filter(({ path }) => path.startsWith('/files/')).length).toBeGreaterThan(1);
  });

  it('is no whole reading when its address ends half read', async () => {
    const { shop, again } = await openLarge({ fileTrouble: 'address-ends-half-read' });
    for (const at of Array(30).keys()) shop.add({ sku: `MORE-${at}`, quantity: at });
    const error = await errorOf(pages(again(large)));
    expect([error.kind, error.detail.said]).toEqual(['unintelligible', 'the file is gone half read']);
  });

  it('fetches no file from this machine for a shop of the outside, and none from another shop', async () => {
    const { again } = await openLarge();
    const other = again({ ...large, identity: 'gid://shopify/Shop/1' });
    expect((await errorOf(pages(other))).kind).toBe('another-shop');
  });

  it('goes on in the middle of the file', async () => {
    const { again } = await openLarge();
    const [, second] = await pages(again(large));
    const place = (await pages(again(large)))[0]?.next;
    expect((await again(large).page({ cursor: place }, forever)).listings).toEqual(second?.listings);
  });
});

describe('A part of a file', () => {
  const bytes = (...lines: readonly string[]): string =>
    Buffer.from(lines.map((line) => `${line}\n`).join('')).toString('latin1');
  const [cup, tea] = ['{"id":"1","title":"Kop å"}', '{"id":"2","title":"Te"}'];
  const picture = '{"id":"7","__parentId":"1"}';

  it('leaves its last variant to the next, since pictures of it may follow', () => {
    const text = bytes(cup, picture, tea);
    const first = fileRows(text, false);
    expect(first.rows).toEqual([{ id: '1', title: 'Kop å', media: { nodes: [JSON.parse(picture)] } }]);
    expect(first.lines).toBe(2);
    const second = fileRows(text.slice(first.bytes), true);
    expect([second.rows, first.lines + second.lines]).toEqual([[{ id: '2', title: 'Te', media: { nodes: [] } }], 3]);
  });

  it('may end anywhere, also within a letter', () => {
    const text = bytes(cup, picture, tea, cup);
    for (let cut = 1; cut < text.length; cut += 1) {
      const first = fileRows(text.slice(0, cut), false);
      const second = fileRows(text.slice(first.bytes), true);
      expect([...first.rows, ...second.rows], `cut at ${cut}`).toEqual(fileRows(text, true).rows);
      expect(first.lines + second.lines).toBe(4);
    }
  });

  it('names a line that nobody can read, and goes on behind it', () => {
    const read = fileRows(bytes(cup, '{"id":', 'null', tea), true);
    expect([read.rows.length, read.broken.length, read.lines]).toEqual([2, 2, 4]);
  });
});
