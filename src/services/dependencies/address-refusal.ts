import { shownAddress } from '../../domain/text/shown-address.ts';
import type { UrlResult } from '../../ports/platform.ts';
import { Refusal } from './refusal.ts';

/** Why an address is not taken, and the address without what may be a key in it. */
export const addressRefusal = (typed: string, { problem, ascii }: Extract<UrlResult, { problem: string }>): Refusal =>
  new Refusal('bad-value', {
    field: 'url',
    problem,
    value: ascii ?? shownAddress(typed, problem === 'has-credentials'),
  });
