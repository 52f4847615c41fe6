import { expect, test, vi } from 'vitest';
import { makePictureReader } from '../../src/connectors/picture-reader.ts';
import type { FakeShop } from '../../src/demo/simulators/fake-shop.ts';
import type { ShopId } from '../../src/domain/ids.ts';
import type { PictureComparison } from '../../src/services/pictures/picture-service.ts';
import { forever, openTestEnvironment, type TestEnvironment } from './test-environment.ts';

vi.setConfig({ testTimeout: 60_000 });

const shops = ['dk', 'no', 'de'];
const at: Readonly<Record<string, (file: string) => string>> = {
  dk: (file) => `/wp-content/uploads/2025/11/${file}.png`,
  no: (file) => `/wp-content/uploads/2025/11/${file}.png`,
  de: (file) => `/cdn/shop/files/${file}.png?v=17`,
};

async function withPictures(files: Readonly<Record<string, string>>): Promise<TestEnvironment> {
  const environment = await openTestEnvironment(shops, {
    pictures: makePictureReader({ timeoutMs: 60_000, maxBytes: 100_000 }),
  });
  for (const id of shops) {
    const file = files[id];
    environment.shop(id).add({
      sku: 'CUP',
      title: 'Cup',
      quantity: 3,
      image: file === undefined || file.includes(':') ? file : at[id]?.(file),
    });
    await environment.services.sync.run({ full: true }, forever);
  }
  return environment;
}

async function compared({ services }: TestEnvironment): Promise<Readonly<Record<string, PictureComparison>>> {
  const [product] = await services.lookup.identify('CUP');
  if (product === undefined) throw new Error('no cup');
  const found = new Map<ShopId, PictureComparison>();
  await services.pictures.compare(product.id, { signal: forever, onCompared: (shop, one) => found.set(shop, one) });
  return Object.fromEntries(found);
}

const picturesAsked = (shop: FakeShop) =>
  shop.memory.requests.filter(({ path }) => path.endsWith('.png')).map(({ credentials }) => credentials);

test('one picture at three addresses is the same picture, asked for once and without a key', async () => {
  const environment = await withPictures({ dk: 'cup', no: 'cup', de: 'cup' });
  const all = { dk: { kind: 'same-address' }, no: { kind: 'same' }, de: { kind: 'same' } };
  expect(await compared(environment)).toEqual(all);
  expect(await compared(environment)).toEqual(all);
  for (const id of shops) expect(picturesAsked(environment.shop(id))).toEqual(['none']);
});

test('another picture is told, and so is why one was not fetched', async () => {
  const environment = await withPictures({ dk: 'cup', no: 'cup-blue', de: 'https://cdn.example/cup.png' });
  expect(await compared(environment)).toEqual({
    dk: { kind: 'same-address' },
    no: { kind: 'other' },
    de: { kind: 'not-fetched', why: 'another-host' },
  });
});

test('a bad day of a shop is no difference, and is asked about again', async () => {
  const environment = await withPictures({ dk: 'cup', no: 'cup', de: 'cup' });
  const [no, de] = [environment.shop('no'), environment.shop('de')];
  no.temper.redirectTo = '/login';
  de.temper.htmlPage = true;
  expect(await compared(environment)).toMatchObject({
    no: { kind: 'not-fetched', why: 'moved' },
    de: { kind: 'not-fetched', why: 'not-a-picture' },
  });
  no.temper.redirectTo = undefined;
  de.temper.htmlPage = false;
  expect(await compared(environment)).toMatchObject({ no: { kind: 'same' }, de: { kind: 'same' } });
});

test('where ours cannot be fetched nothing is said of the others', async () => {
  const environment = await withPictures({ dk: 'cup', no: 'cup', de: 'cup' });
  environment.shop('dk').temper.nowhere = true;
  expect(await compared(environment)).toMatchObject({
    dk: { kind: 'same-address' },
    no: { kind: 'ours-not-fetched', why: 'not-there' },
    de: { kind: 'ours-not-fetched', why: 'not-there' },
  });
});
