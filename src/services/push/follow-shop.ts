import type { Shop } from '../../domain/shop.ts';
import type { ShopConnector } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { makeVerifiedConnectors } from '../dependencies/connect-verified.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';

/** Where a shop is, and how it is spoken to. */
const spokenAs = ({ url, caFile, options }: Shop): string => JSON.stringify([url, caFile, options]);

/**
 * Gives the connector of a shop as it is set up at that moment: a person may change its address while rows go out, and
 * what is left goes to no address that nobody wants any more. Who answers is asked anew then.
 */
export function followShop(
  deps: ServiceDependencies,
  shop: Shop,
  signal: AbortSignal,
): () => Promise<ShopConnector | ShopError> {
  let spoken: { readonly as: string; readonly connector: ShopConnector | ShopError } | undefined;
  return async () => {
    const now = (await deps.store.shops()).find(({ id }) => id === shop.id) ?? shop;
    const as = spokenAs(now);
    if (spoken?.as !== as)
      spoken = { as, connector: await answerOrError(() => makeVerifiedConnectors(deps)(now, signal)) };
    return spoken.connector;
  };
}

/** What a shop answered, or its trouble as a value. */
export async function answerOrError<Answer>(ask: () => Promise<Answer>): Promise<Answer | ShopError> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof ShopError) return error;
    throw error;
  }
}
