import { describe, expect, it } from 'vitest';
import { parseInstant } from '../../../src/domain/ids.ts';

describe('An instant', () => {
  it('is what the date says, on every day and at every odd time of day', () => {
    const start = Date.UTC(2023, 11, 30, 23, 59, 58);
    for (let at = 0; at < 1000; at += 1) {
      const date = new Date(start + at * 86_399_000).toISOString();
      const seconds = date.slice(0, 19);
      expect([parseInstant(date), parseInstant(`${seconds}Z`), parseInstant(`${seconds}+00:00`)]).toEqual([
        date,
        date,
        date,
      ]);
    }
  });

  it.each([
    '2026-02-31T08:00:00Z',
    '2026-13-01T08:00:00Z',
    '2026-00-10T08:00:00Z',
    '2026-01-00T08:00:00Z',
    '2026-01-10T24:00:00Z',
    '2026-01-10T25:00:00Z',
    '2026-01-10T08:60:00Z',
    '2026-01-10T08:00:61Z',
    '0000-01-10T08:00:00Z',
  ])('%s is read as the machine reads it, or not at all', (text) => {
    const read = Date.parse(text);
    expect(parseInstant(text)).toBe(Number.isNaN(read) ? undefined : new Date(read).toISOString());
  });
});
