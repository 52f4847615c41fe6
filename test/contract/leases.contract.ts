import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Leases } from '../../src/ports/store.ts';

/** Two machines that share a store, made anew for each test; `stop` ends the first as if its power were cut. */
export type LeasesUnderTest = {
  readonly one: Leases;
  readonly other: Leases;
  readonly holdMs: number;
  readonly cutOne: () => Promise<void>;
  readonly remove: () => Promise<void>;
};

/** Between two looks, so that looking alone takes no processor. */
const untilNextLook = (): Promise<void> => pause(20);

/** What leases promise, whatever keeps them. */
export function describeLeases(name: string, make: () => Promise<LeasesUnderTest>): void {
  // Databases are opened, and the machine may be busy.
  vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });
  describe(`${name} keeps the contract of leases`, () => {
    let under: LeasesUnderTest;
    beforeEach(async () => {
      under = await make();
    });
    afterEach(() => under.remove());

    test('one has it, the other is told who, and gets it when it was given back', async () => {
      const mine = await under.one.take('sync dk', 'sync');
      if (!mine.held) throw new Error('not held');
      expect(await under.other.take('sync dk', 'sync')).toMatchObject({
        held: false,
        by: { pid: process.pid, doing: 'sync' },
      });
      expect(await under.other.holder('sync dk')).toMatchObject({ pid: process.pid });
      expect((await under.other.take('sync no', 'sync')).held).toBe(true);
      expect(await mine.isHeld()).toBe(true);
      await mine.release();
      expect(await mine.isHeld()).toBe(false);
      expect(await under.other.holder('sync dk')).toBeUndefined();
      expect((await under.other.take('sync dk', 'sync')).held).toBe(true);
    });

    test('many ask at once and one gets it', async () => {
      const asked = Array.from({ length: 20 }, (_, n) =>
        (n % 2 === 0 ? under.one : under.other).take('sync dk', 'sync'),
      );
      expect((await Promise.all(asked)).filter(({ held }) => held)).toHaveLength(1);
    });

    test('a lease is kept for as long as its holder lives, and is lost by time when he does not', async () => {
      const mine = await under.one.take('sync dk', 'sync');
      if (!mine.held) throw new Error('not held');
      const until = performance.now() + 1.25 * under.holdMs;
      while (performance.now() < until) {
        expect((await under.other.take('sync dk', 'sync')).held).toBe(false);
        await untilNextLook();
      }
      const lost = new Promise((resolve) => mine.lost.addEventListener('abort', resolve));
      await under.cutOne();
      await lost;
      let theirs = await under.other.take('sync dk', 'sync');
      while (!theirs.held) {
        await untilNextLook();
        theirs = await under.other.take('sync dk', 'sync');
      }
      expect(theirs.held).toBe(true);
      await expect(mine.isHeld().catch(() => false)).resolves.toBe(false);
    });
  });
}
