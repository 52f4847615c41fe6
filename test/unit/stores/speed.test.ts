import { expect, test } from 'vitest';
import { StoreError } from '../../../src/ports/store-error.ts';
import { timedWrite } from '../../../src/stores/maintenance/speed.ts';

const refusedAs = (kind: StoreError['kind']) => async (): Promise<never> => {
  throw new StoreError(kind, '/somewhere', 'writing');
};

test('a write that is made took some time', async () => {
  expect(await timedWrite(async () => 'written')).toBeGreaterThanOrEqual(0);
});

test.each(['read-only', 'no-access'] as const)('a store that is %s has no speed of writing', async (kind) => {
  expect(await timedWrite(refusedAs(kind))).toBeUndefined();
});

test('whatever else keeps a write from being made is said', async () => {
  await expect(timedWrite(refusedAs('disk-full'))).rejects.toMatchObject({ kind: 'disk-full' });
});
