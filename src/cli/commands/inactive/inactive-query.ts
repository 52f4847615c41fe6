import type { InactiveQuery } from '../../../services/inactive/inactive-service.ts';
import type { Session } from '../../command-context.ts';
import { shopOption } from '../../define-command.ts';
import { parseTime } from '../../options.ts';
import { resolveOptionalShop } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';

/** Which rows of the report are wanted. */
export type InactiveOptions = {
  readonly shop?: string;
  readonly minValue?: number;
  readonly since?: string;
  readonly withTicked?: boolean;
  readonly limit?: number;
};
/** What is asked of the service. */
export const inactiveQuery = async (session: Session, options: InactiveOptions): Promise<InactiveQuery> => {
  const { services, words } = session;
  const shopId = await resolveOptionalShop(session, options.shop);
  const since = options.since === undefined ? undefined : parseTime(options.since, services.now(), 'back');
  if (options.since !== undefined && since === undefined)
    throw new UsageError(words.cli.usage.badMoment(options.since), words.cli.tip.moment);
  return {
    shopIds: shopId === undefined ? undefined : [shopId],
    minValue: options.minValue,
    since,
    ...(options.withTicked === true ? { withTicked: true } : {}),
    limit: options.limit,
  };
};

/** The options of the report and of `verify`. */
export const inactiveOptions = [
  shopOption(),
  { flags: '--min-value <amount>', help: 'minValue', wholeNumberFrom: 0 },
  { flags: '--since <moment>', help: 'since' },
  { flags: '--limit <number>', help: 'limit', wholeNumberFrom: 1 },
] as const;
