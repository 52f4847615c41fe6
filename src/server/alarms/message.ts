import type { Condition } from '../../domain/alarms/alarm.ts';

/** What is told: alarms that are new, alarms that are over, or the day. */
export type Message = {
  readonly event: 'raised' | 'solved' | 'digest';
  readonly subject: string;
  readonly text: string;
  readonly alarms: readonly Condition[];
};
