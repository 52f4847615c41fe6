import { describe, expect, test } from 'vitest';
import { ofHistory, ofShopList, ofTables } from '../../components/runtime/store-changes.ts';
import { toProductId, toShopId } from '../../src/domain/ids.ts';
import type { StoreChange } from '../../src/ports/store-questions.ts';

const [dk, no] = [toShopId('dk'), toShopId('no')];
const [p1, p2] = [toProductId('p1'), toProductId('p2')];
const change = (over: Partial<StoreChange>): StoreChange => ({ tables: [], shops: [], products: [], ...over });
const unknown: StoreChange = { tables: 'all', shops: 'all', products: 'all' };

describe('what is asked again after a change', () => {
  test.each([
    ['a change that nobody can name', ofTables('plans'), unknown, true],
    ['a table that is shown', ofTables('plans', 'events'), change({ tables: ['events'] }), true],
    ['a table that is not', ofTables('plans'), change({ tables: ['listings'] }), false],
    ['the history of a product', ofHistory(p1), change({ tables: ['events'], products: [p1] }), true],
    ['the history of another', ofHistory(p1), change({ tables: ['events'], products: [p2] }), false],
    ['a shop of which a listing changed', ofShopList(dk), change({ tables: ['listings'], shops: [dk] }), true],
    [
      'a shop beside one of which a listing changed',
      ofShopList(dk),
      change({ tables: ['listings'], shops: [no] }),
      false,
    ],
    ['any shop when a product changed', ofShopList(dk), change({ tables: ['products'], products: [p1] }), true],
    ['a shop of which only a plan was made', ofShopList(dk), change({ tables: ['plans'], shops: [dk] }), false],
  ])('%s', (_name, concerns, touched, expected) => {
    expect(concerns(touched)).toBe(expected);
  });
});
