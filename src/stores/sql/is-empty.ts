import type { Changes } from '../../domain/changes.ts';

/** Whether there is nothing to write. */
export const isEmpty = ({ put, drop, events }: Changes): boolean =>
  events.length === 0 && [put, drop].every((part) => Object.values(part).every((rows) => (rows?.length ?? 0) === 0));
