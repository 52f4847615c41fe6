/** Whether a name is that of a time zone. */
export const isTimeZone = (zone: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};

/**
 * The zone of this machine. `TZ` may be empty or name a zone that nobody knows (a variable that was never set, a POSIX
 * rule): UTC, as POSIX says.
 */
export const machineTimeZone = (): string => {
  // Nothing at all, where it cannot be read as a zone.
  const zone: string | undefined = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return zone !== undefined && isTimeZone(zone) ? zone : 'UTC';
};
