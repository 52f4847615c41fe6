import { expect, test } from 'vitest';
import { StoreError } from '../../../src/ports/store-error.ts';
import { timedWrite } from '../../../src/stores/maintenance/speed.ts';

const refusedAs = (kind: StoreError['kind']) => async (): Promise<never> => {
  throw new StoreError(kind, '/somewhere', 'writing');
};

test('a write that is made took some time', async () => {
  expect((await timedWrite(async () => 'written')).writeMs).toBeGreaterThanOrEqual(0);
});

test('a store that is read-only has no speed of writing', async () => {
  expect(await timedWrite(refusedAs('read-only'))).toEqual({});
});

test('whatever else keeps a write from being made is told, beside what could be measured', async () => {
  for (const kind of ['disk-full', 'no-access'] as const) {
    const refused = { kind, place: '/somewhere', detail: 'writing' };
    expect(await timedWrite(refusedAs(kind))).toEqual({ refused });
  }
});

test('a bug is none of that', async () => {
  await expect(timedWrite(() => Promise.reject(new TypeError('x')))).rejects.toBeInstanceOf(TypeError);
});
