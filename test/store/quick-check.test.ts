import { expect, test } from 'vitest';
import { z } from 'zod';
import { eventShape } from '../../src/stores/records/event-shape.ts';
import { quickCheck } from '../../src/stores/records/quick-check.ts';
import { recordShapes } from '../../src/stores/records/shapes.ts';
import {
  makeIntegration,
  makeListing,
  makeLocationStock,
  makeMark,
  makeProduct,
  makeSale,
  makeShop,
  makeShopState,
  makeTombstone,
  mette,
  morning,
  refTo,
} from '../support/builders.ts';

const ref = refTo('dk', '101', '7');
const ruling = { ref, at: morning, by: 'mette', kind: 'keep', settled: 'sku-changed', between: ['a'] };
const conflict = { ref, since: morning, kind: 'ambiguous', candidates: ['p1', 'p2'] };
const records = {
  shops: makeShop({ owner: { name: 'Nordlys', skuPostfix: '-N' }, locations: ['A-*'] }),
  shopStates: makeShopState(),
  products: makeProduct(),
  stockLevels: makeLocationStock(),
  listings: makeListing({ beside: [makeListing()] }),
  integrations: makeIntegration({ pushed: { quantity: 3, at: morning } }),
  tombstones: makeTombstone(),
  conflicts: conflict,
  rulings: ruling,
  sales: makeSale(),
  marks: makeMark(),
  plans: { id: 'plan-1', madeAt: morning, rows: [{ productId: 'p1', shopId: 'dk' }] },
};
const at = { seq: 1, at: morning, by: mette };
const events: readonly object[] = [
  { ...at, type: 'product-created', product: makeProduct(), from: ref },
  { ...at, type: 'integration-removed', integration: makeIntegration(), because: 'moved' },
  { ...at, type: 'conflict-found', conflict },
  { ...at, type: 'ruled', ruling },
  { ...at, type: 'undone', undoes: 3, what: 'ruled' },
];
const shapes: readonly (readonly [string, z.ZodType, object])[] = [
  ...Object.entries(recordShapes).map(([name, shape]) => [name, shape, records[name as keyof typeof records]] as const),
  ...events.map((event) => [(event as { type: string }).type, eventShape(), event] as const),
];

const stranger = [undefined, null, 7, 7.5, Infinity, NaN, '', 'person', true, [], [null], ['a', 'b'], {}, { id: 7 }];

/** A value with each of its parts, however deep, left out or put in by something else. */
function* spoilt(value: unknown): Generator<unknown> {
  yield* stranger;
  if (Array.isArray(value)) {
    for (const [place, part] of value.entries()) for (const other of spoilt(part)) yield value.with(place, other);
  } else if (typeof value === 'object' && value !== null) {
    for (const [name, part] of Object.entries(value)) {
      const { [name]: _, ...rest } = value as Record<string, unknown>;
      yield rest;
      for (const other of spoilt(part)) yield { ...value, [name]: other };
    }
  }
}

test.each(
  shapes,
)('%s: the check made of the shape judges as zod does, whatever stands in any field', (_, shape, record) => {
  const check = quickCheck(shape);
  const whole = JSON.parse(JSON.stringify(record));
  expect(check(whole)).toBe(true);
  let refused = 0;
  for (const value of spoilt(whole)) {
    const { success } = shape.safeParse(value);
    if (!success) refused += 1;
    expect(check(value), JSON.stringify(value)).toBe(success);
  }
  expect(refused).toBeGreaterThan(20);
});

test.each([
  ['a text that must be more than a text', z.looseObject({ url: z.url() }), { url: 'x' }, { url: 'https://x.example' }],
  ['a number within bounds', z.looseObject({ at: z.number().min(3) }), { at: 2 }, { at: 3 }],
  ['an object that takes no more', z.strictObject({ a: z.string() }), { a: 'a', b: 'b' }, { a: 'a' }],
  ['a rule over the whole', z.looseObject({ a: z.number() }).refine(({ a }) => a > 3), { a: 3 }, { a: 4 }],
  ['one of several types', z.union([z.string(), z.number()]), true, 'a'],
])('%s is left to zod', (_, shape, wrong, right) => {
  expect([quickCheck(shape)(wrong), quickCheck(shape)(right)]).toEqual([false, true]);
});
