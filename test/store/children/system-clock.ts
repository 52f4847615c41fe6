import { instantOf } from '../../../src/domain/ids.ts';

export const systemClock = { now: () => instantOf(Date.now()) };
