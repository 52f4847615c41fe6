import { expect, test } from 'vitest';
import { toProductId, toShopId } from '../../src/domain/ids.ts';
import { type NavigationAction, navigationReducer, startAt, topOf } from '../../src/views/navigation/navigation.ts';

const walk = (...actions: readonly NavigationAction[]) =>
  actions.reduce(navigationReducer, startAt({ home: { screen: 'lookup' } }));
const product = { screen: 'product', productId: toProductId('p1') } as const;

test('back returns to the same row and filter', () => {
  const there = walk({ type: 'open', route: product, savedState: { cursor: 'p1', text: 'sko' } });
  expect(topOf(there).route).toEqual(product);
  expect(topOf(navigationReducer(there, { type: 'back' })).memory).toEqual({ cursor: 'p1', text: 'sko' });
});

test('back on the first place stays there', () => {
  expect(topOf(walk({ type: 'back' })).route).toEqual({ screen: 'lookup' });
});

test('a jump away and back finds the root as it was left', () => {
  const back = walk(
    { type: 'jump', route: { screen: 'inactive' }, savedState: { text: 'sko' } },
    { type: 'jump', route: { screen: 'lookup' }, savedState: { cursor: 'row' } },
  );
  expect(back.stack).toHaveLength(1);
  expect(topOf(back).memory).toEqual({ text: 'sko' });
});

test('a jump with particulars starts anew', () => {
  const no = toShopId('no');
  const there = walk(
    { type: 'jump', route: { screen: 'integrations' }, savedState: {} },
    { type: 'jump', route: { screen: 'integrations', shopId: no }, savedState: { cursor: 'x' } },
  );
  expect(topOf(there).route).toEqual({ screen: 'integrations', shopId: no });
  expect(topOf(there).memory).toEqual({});
});

test('opening the place one is in changes nothing', () => {
  const there = walk({ type: 'open', route: product });
  expect(navigationReducer(there, { type: 'open', route: product })).toBe(there);
});

test('a title belongs to the visit that gave it', () => {
  const there = walk({ type: 'open', route: product });
  expect(topOf(navigationReducer(there, { type: 'title', visit: topOf(there).visit, title: '10234' })).title).toBe(
    '10234',
  );
  expect(navigationReducer(there, { type: 'title', visit: 99, title: 'late' })).toBe(there);
});

test('a screen opened over the first one leads back to it', () => {
  const there = startAt({ home: { screen: 'lookup' }, opened: { screen: 'shop-form' } });
  expect(topOf(there).route).toEqual({ screen: 'shop-form' });
  expect(topOf(navigationReducer(there, { type: 'back' })).route).toEqual({ screen: 'lookup' });
});

test('what takes the place of a screen leads back to where that one was opened from, and never stands there twice', () => {
  const card = { screen: 'shop', shopId: toShopId('dk') } as const;
  const form = { screen: 'shop-form', shopId: toShopId('dk') } as const;
  const saved = walk({ type: 'open', route: { screen: 'shop-form' } }, { type: 'replace', route: card });
  expect(saved.stack.map(({ route }) => route.screen)).toEqual(['lookup', 'shop']);
  const edited = walk({ type: 'open', route: card }, { type: 'open', route: form }, { type: 'replace', route: card });
  expect(edited.stack.map(({ route }) => route.screen)).toEqual(['lookup', 'shop']);
});
