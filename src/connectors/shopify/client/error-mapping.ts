import type { ShopErrorKind } from '../../../ports/shop-error.ts';
import type { NewShopErrorDetail } from '../../http-request.ts';
import type { Bucket } from './query-cost.ts';
import { waitFor } from './query-cost.ts';
import type { WireEnvelope, WireError } from './wire-envelope.ts';

/** What an answer complains of, in our words. */
export type MappedError = readonly [ShopErrorKind, Omit<NewShopErrorDetail, 'doing'>];

const codeOf = (error: WireError): string => error.extensions?.code ?? '';

/** The permission in "`read_orders` access scope.", which stands in a field of its own for programs to read. */
function permissionOf(error: WireError): { readonly permission?: string } {
  const permission = /`(\w+)`/.exec(error.extensions?.requiredAccess ?? '')?.[1];
  return permission === undefined ? {} : { permission };
}

/** Whether the key may not read a field, and the program can do without it. */
const isSpared = (error: WireError, optionalFields: readonly string[]): boolean =>
  codeOf(error) === 'ACCESS_DENIED' &&
  optionalFields.includes(String(error.path?.findLast((part) => typeof part === 'string')));

/** Whether the question cost more than any question may: fewer rows would do. */
export const exceedsMaxCost = (envelope: WireEnvelope): boolean =>
  Array.isArray(envelope.errors) && envelope.errors.some((error) => codeOf(error) === 'MAX_COST_EXCEEDED');

/**
 * What stands wrong in an answer of status 200, where Shopify puts nearly all its troubles. Data beside an
 * error is only good when what is missing from it can be spared.
 */
export function mapErrors(
  envelope: WireEnvelope,
  optionalFields: readonly string[],
  bucket: Bucket | undefined,
): MappedError | undefined {
  const { errors, extensions } = envelope;
  if (typeof errors === 'string') return ['refused', { said: errors }];
  const relevantErrors = (errors ?? []).filter((error) => !isSpared(error, optionalFields));
  const [first] = relevantErrors;
  if (first !== undefined) return meaningOf(first, extensions?.cost?.requestedQueryCost, bucket);
  const warning = extensions?.search?.flatMap((search) => search.warnings ?? [])[0];
  // A filter that was not understood matches everything.
  if (warning !== undefined) {
    return ['unintelligible', { found: `the search was not understood: ${warning.field ?? ''} ${warning.message}` }];
  }
  if (envelope.data === null || envelope.data === undefined)
    return ['unintelligible', { found: 'an answer without data' }];
  return undefined;
}

function meaningOf(error: WireError, cost: number | undefined, bucket: Bucket | undefined): MappedError {
  const said = error.message;
  switch (codeOf(error)) {
    case 'THROTTLED': {
      const wait = bucket === undefined || cost === undefined ? undefined : waitFor(cost, bucket, bucket.at) / 1000;
      return ['rate-limited', { status: 200, said, retryAfter: wait === undefined ? undefined : Math.ceil(wait) }];
    }
    case 'ACCESS_DENIED':
      return ['forbidden', { status: 200, said, ...permissionOf(error) }];
    case 'INTERNAL_SERVER_ERROR':
    case 'TIMEOUT':
      return ['unreachable', { status: 200, said, reason: 'own-error' }];
    default:
      return ['refused', { status: 200, said }];
  }
}
