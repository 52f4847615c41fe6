import { expect, test } from 'vitest';
import { StoreError } from '../../../src/ports/store-error.ts';
import { timedWrite } from '../../../src/stores/maintenance/speed.ts';

const refusedAs = (kind: StoreError['kind']) => async (): Promise<never> => {
  throw new StoreError(kind, '/somewhere', 'writing');
};

test('a write that is made took some time', async () => {
  expect((await timedWrite(async () => 'written')).writeMs).toBeGreaterThanOrEqual(0);
});

test.each(['read-only', 'no-access'] as const)('a store that is %s has no speed of writing', async (kind) => {
  expect(await timedWrite(refusedAs(kind))).toEqual({});
});

test('whatever else keeps a write from being made is told, beside what could be measured', async () => {
  const refused = { kind: 'disk-full', place: '/somewhere', detail: 'writing' };
  expect(await timedWrite(refusedAs('disk-full'))).toEqual({ refused });
});

test('a bug is none of that', async () => {
  await expect(timedWrite(() => Promise.reject(new TypeError('x')))).rejects.toBeInstanceOf(TypeError);
});
