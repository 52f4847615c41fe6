import type { Changes } from '../../domain/changes.ts';
import { violatedConstraint } from './constraints.ts';
import { applyUnchecked, type StoreTables } from './tables.ts';

/**
 * Writes a change into the tables, whole or not at all. Drops come before puts. Answers the law that it would
 * have broken, in which case nothing was written.
 */
export function apply(tables: StoreTables, changes: Changes): string | undefined {
  const broken = violatedConstraint(tables, changes);
  if (broken !== undefined) return broken;
  applyUnchecked(tables, changes);
  return undefined;
}
