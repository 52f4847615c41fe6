import { expect, test, vi } from 'vitest';
import type { Leases } from '../../src/ports/store.ts';
import { StoreError } from '../../src/ports/store-error.ts';
import { memoryLeases } from '../../src/stores/memory-store.ts';
import { forever, openTestEnvironment, pushEverything, stockUp, syncAll } from './test-environment.ts';
import { lots, openPeak } from './warehouse-environment.ts';

// It reads whole shops, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

type Lapsing = Leases & {
  /** What is held now is not any more: its time was up while the store was away, or while this process stood still. */
  readonly lapse: () => Promise<void>;
  /** The same, and somebody else has it at once. */
  readonly lapseTo: (doing: string) => Promise<void>;
  /** The same, but nobody has told yet: as when a process has just woken up. */
  readonly lapseUnsaid: () => Promise<void>;
  readonly taken: () => number;
};

function lapsingLeases(): Lapsing {
  const inner = memoryLeases();
  const current = new Map<string, { readonly say: () => void; readonly release: () => Promise<void> }>();
  let taken = 0;
  const lapse = async (said = true): Promise<readonly string[]> => {
    const names = [...current.keys()];
    for (const { say, release } of current.values()) {
      await release();
      if (said) say();
    }
    current.clear();
    return names;
  };
  return {
    holder: inner.holder,
    take: async (name, doing) => {
      const lease = await inner.take(name, doing);
      if (!lease.held) return lease;
      taken += 1;
      const controller = new AbortController();
      const { release } = lease;
      current.set(name, {
        release,
        say: () => controller.abort(new StoreError('locked', 'lease', 'the lease could not be kept')),
      });
      return {
        ...lease,
        lost: controller.signal,
        release: async () => {
          current.delete(name);
          await release();
        },
      };
    },
    lapse: async () => void (await lapse()),
    lapseTo: async (doing) => {
      for (const name of await lapse()) await inner.take(name, doing);
    },
    lapseUnsaid: async () => void (await lapse(false)),
    taken: () => taken,
  };
}

/** Does something while a shop is asked for its products for the so manieth time. */
const whileAsked = async (times: number, act: () => Promise<void>) => {
  const leases = lapsingLeases();
  const environment = await openTestEnvironment(['dk'], { leases });
  for (let count = 1; count <= 250; count += 1) stockUp(environment, ['dk'], `A-${count}`);
  const shop = environment.shop('dk');
  let asked = 0;
  shop.temper.beforeAnswer = ({ path }) => {
    if (!path.endsWith('/products')) return;
    asked += 1;
    if (asked === times) shop.temper.hold = act().finally(() => (shop.temper.hold = undefined));
  };
  return { environment, leases };
};

test.each([
  'lapse',
  'lapseUnsaid',
] as const)('a sync whose lease was lost to nobody takes it once more and reads to the end (%s)', async (how) => {
  const { environment, leases } = await whileAsked(2, () => leases[how]());
  const [result] = await syncAll(environment);
  expect(result).toMatchObject({ cancelled: false, run: { status: 'finished', counts: { seen: 250, linked: 250 } } });
  expect(result?.busy).toBeUndefined();
  expect(leases.taken()).toBe(2);
  expect(await leases.holder('sync-dk')).toBeUndefined();
});

test('a sync whose lease somebody else has by now says who, and writes nothing more', async () => {
  const { environment, leases } = await whileAsked(2, () => leases.lapseTo('their sync'));
  const [result] = await syncAll(environment);
  expect(result).toMatchObject({ busy: { doing: 'their sync' }, cancelled: false });
  const before = await environment.store.counts();
  expect(before.products).toBeLessThan(250);
  expect(leases.taken()).toBe(1);
});

test('a sync that loses its lease each time says so in the end, and does not go on for ever', async () => {
  const leases = lapsingLeases();
  const environment = await openTestEnvironment(['dk'], { leases });
  stockUp(environment, ['dk'], 'A-1');
  environment.shop('dk').temper.beforeAnswer = () => void leases.lapse();
  await expect(syncAll(environment)).rejects.toMatchObject({ kind: 'locked' });
  expect(leases.taken()).toBe(5);
});

test('who stops a sync in the same breath has it stopped', async () => {
  const controller = new AbortController();
  const { environment, leases } = await whileAsked(1, async () => {
    controller.abort();
    await leases.lapse();
  });
  const [result] = await environment.services.sync.run({ full: true }, controller.signal);
  expect(result).toMatchObject({ cancelled: true });
  expect(leases.taken()).toBe(1);
});

/** 150 figures to send, in two requests; something happens while the first is answered. */
async function pushWhile(act: (leases: Lapsing) => Promise<void>) {
  const leases = lapsingLeases();
  const environment = await openTestEnvironment(['dk'], { leases });
  for (let count = 1; count <= 150; count += 1) stockUp(environment, ['dk'], `A-${count}`);
  await syncAll(environment);
  for (const product of await environment.store.productPage({ limit: 150 }))
    await environment.services.stock.set(product.id, 20);
  const before = leases.taken();
  const { temper } = environment.shop('dk');
  let written = 0;
  temper.beforeAnswer = ({ method }) => {
    if (method === 'GET') return;
    written += 1;
    if (written === 1) temper.hold = act(leases).finally(() => (temper.hold = undefined));
  };
  const result = await pushEverything(environment);
  const told = environment.shop('dk').shelf.filter(({ variants }) => variants[0]?.quantity === 20);
  return { result, written, told: told.length, taken: leases.taken() - before };
}

test('a push that slept through its lease sends what is left once more nobody has it, each figure once', async () => {
  const { result, written, told, taken } = await pushWhile((leases) => leases.lapseUnsaid());
  expect(result).toMatchObject({ cancelled: false, sent: 150, refused: 0 });
  expect({ written, told, taken }).toEqual({ written: 2, told: 150, taken: 2 });
});

test('a push that is told in the middle of an answer says of what it sent that nobody knows, and sends the rest', async () => {
  const { result, written } = await pushWhile((leases) => leases.lapse());
  const unknown = result.results.filter((one) => one.kind === 'refused' && one.why === 'outcome-unknown');
  expect(result).toMatchObject({ cancelled: false, sent: 50, refused: 100 });
  expect(unknown).toHaveLength(100);
  expect(written).toBe(2);
});

test('a push whose lease somebody else has by now sends nothing more', async () => {
  const { result, told } = await pushWhile((leases) => leases.lapseTo('theirs'));
  expect(result).toMatchObject({ cancelled: true });
  expect(told).toBeLessThan(150);
});

test('a warehouse whose lease was lost to nobody is read to the end, and is called by no failure', async () => {
  const leases = lapsingLeases();
  const environment = await openPeak(['dk']);
  const { peak, model } = environment;
  for (let count = 1; count <= 5; count += 1) model.add({ sku: `A-${count}`, name: 'A', lots: lots(count) });
  let asked = 0;
  peak.temper.beforeAnswer = () => {
    asked += 1;
    if (asked === 2) peak.temper.hold = leases.lapse().finally(() => (peak.temper.hold = undefined));
  };
  const services = environment.as({ leases });
  const read = await services.warehouse.sync({}, forever);
  expect(read).toMatchObject({ kind: 'full', counts: { read: 5 } });
  expect(read.trouble).toBeUndefined();
  expect(environment.harness.warehouses?.state().failure).toBeUndefined();
  expect(leases.taken()).toBe(2);
});
