import { expect, it, vi } from 'vitest';
import { runPeople } from '../model/people.ts';

vi.setConfig({ testTimeout: 120_000 });

it('whatever people do by hand in made-up fleets, readings and pushes keep to it', async () => {
  const met = new Map<string, number>();
  for (let seed = 1000; seed < 1200; seed += 1)
    for (const [act, count] of await runPeople(seed, 150).catch((cause: unknown) => {
      throw new Error(`seed ${seed}: ${cause instanceof Error ? cause.message : cause}`, { cause });
    }))
      met.set(act, (met.get(act) ?? 0) + count);
  for (const act of ['links', 'unlinks', 'settles', 'keepsAll', 'isAnsweredByAnother', 'isToldWhileItSells'])
    expect(met.get(act) ?? 0, act).toBeGreaterThan(500);
});
