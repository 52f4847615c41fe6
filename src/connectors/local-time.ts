import { type Instant, instantOf, millisecondsOf } from '../domain/ids.ts';

/*
 * Platforms that write and ask for moments in the shop's own time, without a zone. Such a text names two moments in
 * the night when clocks go back, and none in an hour of the night when they go forward.
 */

const hourMs = 3_600_000;

/** Milliseconds by which a zone's clocks are ahead of UTC. Zones change on the quarter, so nothing is asked twice for one. */
const known = new Map<string, number>();
function aheadMs(zone: string, at: number): number {
  const key = `${zone} ${Math.floor(at / 900_000)}`;
  const ahead = known.get(key) ?? askAhead(zone, at);
  if (known.size > 5000) known.clear();
  known.set(key, ahead);
  return ahead;
}

// Making a format costs ten times what asking it does.
const formats = new Map<string, Intl.DateTimeFormat>();

function askAhead(zone: string, at: number): number {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
  formats.set(zone, format);
  const parts = format.formatToParts(at);
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
  const [, sign, hours, minutes] = /GMT([+-])(\d{2}):(\d{2})/.exec(name) ?? [];
  const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  return sign === '-' ? -size : size;
}

/** Whether a text names a time zone: `Europe/Copenhagen`, `+01:00`. */
export function isTimeZone(text: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    // What the runtime does not know is no zone: it throws a RangeError and nothing else.
    return false;
  }
}

/** A moment as the shop's own clock shows it: whole seconds, no zone (`2026-11-01T00:00:00`). */
export const localText = (instant: Instant, zone: string): string =>
  new Date(millisecondsOf(instant) + aheadMs(zone, millisecondsOf(instant))).toISOString().slice(0, 19);

/**
 * A local text from which on everything that happened at or after a moment is written. It lies earlier than the
 * moment where clocks change near by: what happens in the hour that comes twice would be missed else.
 */
export function localBound(instant: Instant, zone: string): string {
  const at = millisecondsOf(instant) - 1000;
  const near = [-3, 0, 3].map((hours) => aheadMs(zone, at + hours * hourMs));
  const changes = near.some((ahead) => ahead !== near[0]);
  return localText(instantOf(at - (changes ? 2 * hourMs : 0)), zone);
}

/** The moment that a local text names (`2026-11-20 13:37:00`, `20-11-2026 13:37`); the earlier of two; nothing for zero dates. */
export function localInstant(text: string, zone: string): Instant | undefined {
  const written = isoLocal(text.trim());
  const guess = Date.parse(`${written}Z`);
  if (written === undefined || Number.isNaN(guess)) return undefined;
  const aheads = [aheadMs(zone, guess - 12 * hourMs), aheadMs(zone, guess + 12 * hourMs)];
  const right = aheads.map((ahead) => guess - ahead).filter((at) => aheadMs(zone, at) === guess - at);
  return instantOf(right.length > 0 ? Math.min(...right) : guess - Math.min(...aheads));
}

function isoLocal(text: string): string | undefined {
  if (text.startsWith('0000')) return undefined;
  const iso = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:\.\d+)?)?$/.exec(text);
  if (iso !== null) return `${iso[1]}T${iso[2] ?? '00:00'}${iso[3] ?? ':00'}`;
  const danish = /^(\d{2})[-./](\d{2})[-./](\d{4})(?:[T ](\d{2})[:.](\d{2})(?:[:.](\d{2}))?)?$/.exec(text);
  if (danish === null) return undefined;
  const [, day, month, year, hour = '00', minute = '00', second = '00'] = danish;
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`;
}
