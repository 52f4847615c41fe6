import { type Instant, instantOf, millisecondsOf } from '../../domain/ids.ts';

/*
 * Moments of shops that write their own wall clock without saying which zone it is in. Twice a year an hour comes
 * twice or not at all, so one reading is only ever a reading; bounds are chosen so that nothing is left out.
 */

const hourMs = 3_600_000;
const offsets = new Map<string, number>();

/** Milliseconds that a zone (IANA name or `+02:00`) is ahead of UTC at a moment; nothing for a zone that is none. */
function zoneOffset(zone: string, at: number): number | undefined {
  const hour = `${zone} ${Math.floor(at / (hourMs / 4))}`;
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  const offset = askOffset(zone, at);
  if (offset !== undefined) offsets.set(hour, offset);
  return offset;
}

function askOffset(zone: string, at: number): number | undefined {
  try {
    const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
    const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? '';
    const [, sign, hours = '0', minutes = '0'] = /GMT(?:([+-])(\d{1,2}):(\d{2}))?/.exec(name) ?? [];
    const size = (Number(hours) * 60 + Number(minutes)) * 60_000;
    return sign === '-' ? -size : size;
  } catch {
    // The runtime knows no such zone: neither do we.
    return undefined;
  }
}

/** The wall clock as databases write it: `2026-11-20 13:37:00`, whole seconds. */
const written = (local: number): string => instantOf(local).slice(0, 19).replace('T', ' ');

/** The westernmost a clock can be: where the zone is not known, asking from there on leaves nothing out. */
const westernmost = -12 * hourMs;

/**
 * The earliest wall clock that a row changed at or after a moment can carry. In the hour before clocks go back the
 * same hour is still to come again, and rows of then carry the smaller figures.
 */
export function earliestLocal(at: Instant, zone: string | undefined): string {
  const utc = millisecondsOf(at);
  const now = zone === undefined ? undefined : zoneOffset(zone, utc);
  const soon = zone === undefined ? undefined : zoneOffset(zone, utc + hourMs);
  return written(utc + Math.min(now ?? westernmost, soon ?? westernmost));
}

/** The moment that a wall clock means; the first of two. Nothing for zero dates, what is no date, or an unknown zone. */
export function fromLocal(text: string | undefined, zone: string | undefined): Instant | undefined {
  const read = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/.exec(text?.trim() ?? '');
  if (read === null || zone === undefined || read[1]?.startsWith('0000')) return undefined;
  const wall = Date.parse(`${read[1]}T${read[2]}Z`);
  const guess = Number.isNaN(wall) ? undefined : zoneOffset(zone, wall);
  if (guess === undefined) return undefined;
  // The offset before and after: the larger makes the earlier moment, and it holds when it leads back to this clock.
  const candidates = [zoneOffset(zone, wall - guess - hourMs), zoneOffset(zone, wall - guess + hourMs), guess]
    .filter((offset) => offset !== undefined)
    .sort((a, b) => b - a);
  const holds = candidates.find((offset) => zoneOffset(zone, wall - offset) === offset);
  return instantOf(wall - (holds ?? guess));
}
