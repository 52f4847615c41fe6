import { readlinkSync } from 'node:fs';

/** A time zone as it is called here, whatever was written; nothing where that names none. */
function namedZone(zone: string): string | undefined {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone || undefined;
  } catch {
    return undefined;
  }
}

/** Whether a name is that of a time zone. */
export const isTimeZone = (zone: string): boolean => namedZone(zone) !== undefined;

/** What POSIX writes for the zones of Europe with summer time, all of which change on the same nights. */
const withSummerTime: Readonly<Record<string, string>> = {
  WET0WEST: 'Europe/Lisbon',
  GMT0BST: 'Europe/London',
  'CET-1CEST': 'Europe/Copenhagen',
  'MET-1MEST': 'Europe/Copenhagen',
  'EET-2EEST': 'Europe/Helsinki',
};
/** The nights on which Europe changes, where a rule names them. */
const europesNights = /^M3\.5\.0(?:\/\d{1,2})?,M10\.5\.0(?:\/\d{1,2})?$/;
const fixedOffset = /^(?:<[-+\w]{3,}>|[A-Za-z]{3,})([-+]?)(\d{1,2})(?::(\d{2}))?$/;

/** The name of a zone without the folder before it. A file elsewhere, as in `:/etc/localtime`, is a link to one as a rule. */
function nameIn(tz: string): string {
  const name = tz.trim().replace(/^:/, '');
  return linkedFrom(name).replace(/^.*\/zoneinfo\//, '');
}

function linkedFrom(path: string): string {
  // A zone may be a link to another of the same hours, whose name nobody here knows.
  if (!path.startsWith('/') || path.includes('/zoneinfo/')) return path;
  try {
    return readlinkSync(path);
  } catch {
    return path;
  }
}

/**
 * The zone that a `TZ` means: a name, also with a colon or the folder before it, or a rule of POSIX, whose offset is what
 * has to be added to get to UTC (`UTC-2` is two hours ahead). Nothing where it is neither.
 */
export function zoneOf(tz: string): string | undefined {
  const name = nameIn(tz);
  const zone = namedZone(name);
  if (zone !== undefined) return zone;
  const [rule = '', ...nights] = name.split(',');
  if (nights.length === 0 || europesNights.test(nights.join())) {
    const summer = withSummerTime[rule.toUpperCase()];
    if (summer !== undefined) return summer;
  }
  const [, sign, hours = '', minutes = '00'] = fixedOffset.exec(name) ?? [];
  const offset = `${sign === '-' ? '+' : '-'}${hours.padStart(2, '0')}:${minutes}`;
  return hours !== '' && isTimeZone(offset) ? offset : undefined;
}

/** What `TZ` says where that is no zone: times are then shown in UTC, which is worth a word. */
export const unknownTimeZone = (tz = process.env.TZ ?? ''): string | undefined =>
  tz.trim() === '' || zoneOf(tz) !== undefined ? undefined : tz.slice(0, 40);

/**
 * The zone of this machine. `TZ` may be empty or name a zone that nobody knows (a variable that was never set): UTC, as
 * POSIX says.
 */
export const machineTimeZone = (tz = process.env.TZ ?? ''): string => {
  if (tz.trim() !== '') return zoneOf(tz) ?? 'UTC';
  // Nothing at all, where it cannot be read as a zone.
  const zone: string | undefined = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone !== undefined && isTimeZone(zone) ? zone : 'UTC';
};
