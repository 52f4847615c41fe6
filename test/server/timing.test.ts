import { expect, test, vi } from 'vitest';
import { instantOf, millisecondsOf } from '../../src/domain/ids.ts';
import { cronTimes } from '../../src/server/cron-times.ts';
import { defaultServeSettings } from '../../src/server/serve-settings.ts';
import { openTestEnvironment, stockUp, syncAll } from '../services/test-environment.ts';
import { openTestServer } from './open-test-server.ts';

// It speaks HTTP with simulators, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

test.each([
  ['spring forward', '2026-03-28T12:00:00Z'],
  ['autumn back', '2026-10-24T12:00:00Z'],
  ['an ordinary night', '2026-06-01T12:00:00Z'],
])('a time of day comes round once a day, also where the clocks are put %s', (_name, begins) => {
  for (const pattern of ['30 2 * * *', '0 7 * * *', '0 3 * * *']) {
    const times = cronTimes(pattern, 'Europe/Copenhagen');
    const begin = Date.parse(begins);
    const seen = new Set<string>();
    for (let at = begin; at < begin + 3 * 86_400_000; at += 300_000) {
      const last = times.last(instantOf(at));
      if (last !== undefined && millisecondsOf(last) >= begin) seen.add(last);
    }
    expect(seen.size, `${pattern}: ${[...seen].join(' ')}`).toBe(3);
  }
});

test('rounds of one server are spread over the shops, and those of two servers over one another', async () => {
  const shops = ['dk', 'no', 'se'];
  const environment = await openTestEnvironment(shops);
  stockUp(environment, shops, 'SOK-1');
  await syncAll(environment);
  const ended = environment.clock.now();
  const jitterSeconds = 600;
  const rounds = { ...defaultServeSettings.rounds, jitterSeconds };
  const latenessOf = async (serverId: string): Promise<readonly number[]> => {
    const { server } = await openTestServer(environment, { rounds }, { serverId });
    const { next } = await server.status();
    return next
      .filter(({ what }) => what === 'changes')
      .map(({ at }) => millisecondsOf(at) - millisecondsOf(ended) - rounds.changesMinutes * 60_000);
  };
  const [one, other, again] = [await latenessOf('one'), await latenessOf('other'), await latenessOf('one')];
  const all = [...one, ...other];
  expect(all).toHaveLength(6);
  expect(new Set(all.map((ms) => Math.round(ms / 1000))).size).toBe(6);
  for (const ms of all) expect(ms).toBeLessThanOrEqual(jitterSeconds * 1000);
  // Never before its time: the syncs above ended a moment ago at most.
  for (const ms of all) expect(ms).toBeGreaterThan(-60_000);
  expect(again).toEqual(one);
});
