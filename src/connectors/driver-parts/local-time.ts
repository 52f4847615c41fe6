import { type Instant, instantOf, millisecondsOf } from '../../domain/ids.ts';

/*
 * Platforms that write and ask for moments in the shop's own time, without a zone. Such a text names two moments in
 * the night when clocks go back, and none in an hour of the night when they go forward.
 */

const hourMs = 3_600_000;

/** Where the zone is not known: the westernmost a clock can be, so that asking from there on leaves nothing out. */
const westernmost = -12 * hourMs;

/** Milliseconds by which a zone's clocks are ahead of UTC. Zones change on the quarter, so nothing is asked twice for one. */
const known = new Map<string, number | undefined>();
function aheadMs(zone: string, at: number): number | undefined {
  const key = `${zone} ${Math.floor(at / 900_000)}`;
  if (known.has(key)) return known.get(key);
  if (known.size > 5000) known.clear();
  const ahead = askAhead(zone, at);
  known.set(key, ahead);
  return ahead;
}

// Making a format costs ten times what asking it does.
const formats = new Map<string, Intl.DateTimeFormat>();

function askAhead(zone: string, at: number): number | undefined {
  try {
    const format = formats.get(zone) ?? new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    formats.set(zone, format);
    const parts = format.formatToParts(at);
    const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT';
    const [, sign, hours, minutes] = /GMT([+-])(\d{1,2}):(\d{2})/.exec(name) ?? [];
    const size = (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
    return sign === '-' ? -size : size;
  } catch {
    // The runtime knows no such zone, or the moment is none: neither do we.
    return undefined;
  }
}

/** What is made once for each zone: a schema that reads the times of one is costly to make. */
export function perZone<Value>(make: (zone: string) => Value): (zone: string) => Value {
  const made = new Map<string, Value>();
  return (zone) => {
    const value = made.get(zone) ?? make(zone);
    made.set(zone, value);
    return value;
  };
}

/** Whether a text names a time zone: `Europe/Copenhagen`, `+01:00`. */
export const isTimeZone = (text: string): boolean => askAhead(text, 0) !== undefined;

const written = (local: number): string => new Date(local).toISOString().slice(0, 19);

/** A moment as the shop's own clock shows it: whole seconds, no zone (`2026-11-01T00:00:00`). */
export function localText(instant: Instant, zone: string | undefined): string {
  const at = millisecondsOf(instant);
  return written(at + ((zone === undefined ? undefined : aheadMs(zone, at)) ?? westernmost));
}

/**
 * A local text after which everything that happened at or after a moment is written: it lies before that moment's own
 * second, since some shops leave that one out. Where clocks change near by it is earlier still: what happens in the
 * hour that comes twice would be missed else.
 */
export function localBound(instant: Instant, zone: string | undefined): string {
  const at = millisecondsOf(instant) - 1000;
  const near = zone === undefined ? [] : [-3, 0, 3].map((hours) => aheadMs(zone, at + hours * hourMs));
  const changes = near.some((ahead) => ahead !== near[0]);
  return localText(instantOf(at - (changes ? 2 * hourMs : 0)), zone);
}

/**
 * The moment that a local text names (`2026-11-20 13:37:00`, `20-11-2026 13:37`); the earlier of two. Nothing for
 * zero dates, what is no date, and a zone that is not known.
 */
export function localInstant(text: string, zone: string | undefined): Instant | undefined {
  const iso = isoLocal(text.trim());
  const guess = Date.parse(`${iso}Z`);
  if (iso === undefined || zone === undefined || Number.isNaN(guess)) return undefined;
  const aheads = [aheadMs(zone, guess - 12 * hourMs), aheadMs(zone, guess + 12 * hourMs)].filter(
    (ahead) => ahead !== undefined,
  );
  if (aheads.length === 0) return undefined;
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
