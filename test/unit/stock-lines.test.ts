import { expect, test } from 'vitest';
import { formatContext } from '../../src/views/format/format-context.ts';
import { stockLines } from '../../src/views/stock/stock-lines.ts';
import { widthOf } from '../../src/views/text/cell-text.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { nordlys } from '../support/nordlys-shops.ts';

const words = wordsOf('en');
const textOf = (line: ReturnType<typeof stockLines>[number]): string =>
  typeof line === 'string' ? line : line.map(({ text }) => text).join('');

test.each([
  76, 56,
])('the sentence of a live answer stands beside its figures, or whole beneath them (%i cells)', async (width) => {
  const { services } = await nordlys();
  const [product] = await services.lookup.identify('SK6001-43');
  const card = (await services.lookup.product(product!.id))!;
  const brokeAt = 'changed-in-shop' as const;
  const live = card.places.map(({ shop }) => ({
    productId: card.product.id,
    shopId: shop.id,
    wanted: 260,
    stock: card.product.stock,
    lastSent: 260,
    shopNow: 31,
    shopFigure: { kind: 'counted', quantity: 31 } as const,
    brokeAt,
    content: [],
  }));
  const format = formatContext({ words, now: services.now(), timeZone: 'UTC' });
  const lines = stockLines(card, [], format, { width, live }).map(textOf);
  const told = lines.filter((line) => line.includes(words.domain.brokeAt[brokeAt]));
  expect(told).toHaveLength(card.places.length);
  expect(Math.max(...told.map(widthOf))).toBeLessThanOrEqual(width);
  expect(told.every((line) => line.includes('31') === (width === 76))).toBe(true);
});

test('a live answer names what cannot be read, and why a shop could not be asked', async () => {
  const { services } = await nordlys();
  const [product] = await services.lookup.identify('SK6001-43');
  const card = (await services.lookup.product(product!.id))!;
  const detail = { shop: 'dk', doing: 'reading one product', said: 'socket hang up', saidBy: 'us' } as const;
  const live = card.places.map(({ shop }, at) => ({
    productId: card.product.id,
    shopId: shop.id,
    stock: card.product.stock,
    content: [],
    ...(at === 0
      ? { brokeAt: 'unreadable-in-shop' as const, unreadable: { where: 'sku', said: 'is something else, not text' } }
      : { brokeAt: 'shop-unreachable' as const, trouble: { kind: 'unreachable' as const, detail } }),
  }));
  const da = wordsOf('da');
  const format = formatContext({ words: da, now: services.now(), timeZone: 'UTC' });
  const told = stockLines(card, [], format, { width: 140, live }).map(textOf).join('\n');
  expect(told).toContain('shoppens tal kan ikke læses (sku er noget andet, ikke tekst)');
  expect(told.match(/svarer ikke\. forbindelsen blev afbrudt/g)).toHaveLength(card.places.length - 1);
});
