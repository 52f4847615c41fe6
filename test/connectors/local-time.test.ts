import { describe, expect, it, vi } from 'vitest';
import { isTimeZone, localBound, localInstant, localText } from '../../src/connectors/driver-parts/local-time.ts';
import { instant } from '../support/builders.ts';

// A whole year is gone through, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const zone = 'Europe/Copenhagen';

describe('The time of a shop that writes no zone', () => {
  it.each([
    ['2026-07-01T10:00:00.000Z', '2026-07-01T11:59:59'],
    ['2026-12-01T10:00:00.000Z', '2026-12-01T10:59:59'],
    // In the nights when clocks change, an hour may come twice and be read as either of the two.
    ['2026-10-25T00:30:00.000Z', '2026-10-25T00:29:59'],
    ['2026-10-25T01:30:00.000Z', '2026-10-25T01:29:59'],
    ['2026-03-29T01:30:00.000Z', '2026-03-29T00:29:59'],
  ])('%s is found by asking from %s on', (at, bound) => {
    expect(localBound(instant(at), zone)).toBe(bound);
  });

  it('of a zone that nobody knows is taken as far west as there is', () => {
    for (const unknown of [undefined, 'Middle/Earth'])
      expect(localBound(instant('2026-07-01T10:00:00Z'), unknown)).toBe('2026-06-30T21:59:59');
    expect([isTimeZone('Middle/Earth'), isTimeZone(zone), isTimeZone('+02:00')]).toEqual([false, true, true]);
  });

  it.each([
    ['2026-07-01 12:00:00', '2026-07-01T10:00:00.000Z'],
    ['2026-10-25 01:59:59', '2026-10-24T23:59:59.000Z'],
    ['2026-10-25 02:30:00', '2026-10-25T00:30:00.000Z'],
    ['2026-10-25 03:00:00', '2026-10-25T02:00:00.000Z'],
    ['2026-03-29 02:30:00', '2026-03-29T01:30:00.000Z'],
    ['01-07-2026 12:00', '2026-07-01T10:00:00.000Z'],
    ['0000-00-00 00:00:00', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('%s means %s', (text, at) => {
    expect(localInstant(text, zone)).toBe(at);
  });

  it('means nothing where the zone is not known, and a fixed offset is read, too', () => {
    expect(localInstant('2026-07-01 12:00:00', undefined)).toBeUndefined();
    expect(localInstant('2026-07-01 12:00:00', 'Middle/Earth')).toBeUndefined();
    expect(localInstant('2026-07-01 12:00:00', '+02:00')).toBe('2026-07-01T10:00:00.000Z');
  });

  it('misses no moment of a whole year, whichever of two readings of its own clock a shop takes', () => {
    const half = 1_800_000;
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += half) {
      const since = instant(new Date(at).toISOString());
      const bound = localBound(since, zone);
      // The later of the two moments that the bound may mean still lies before what is asked for.
      for (const summer of [1, 2].map((hours) => Date.parse(`${bound}Z`) - hours * 3_600_000)) {
        if (localText(instant(new Date(summer).toISOString()), zone) === bound) expect(summer).toBeLessThan(at);
      }
      expect(localText(since, zone) > bound).toBe(true);
    }
  });
});
