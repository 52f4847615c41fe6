import { Refusal } from './refusal.ts';
import type { ServiceDependencies } from './service-dependencies.ts';

/** Stops whatever would change something while the program is only to look. Every acting service calls it first. */
export function assertCanWrite(deps: ServiceDependencies): void {
  if (deps.readOnly) throw new Refusal('read-only');
}
