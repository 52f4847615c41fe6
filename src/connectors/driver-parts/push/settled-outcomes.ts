import type { PushOutcome, Quantity, ShopConnector } from '../../../ports/shop-connector.ts';
import { ShopError } from '../../../ports/shop-error.ts';

type Settled = ReadonlyMap<Quantity, PushOutcome>;

/** The trouble that ended a push, with what is known of its figures all the same. */
export function withSettled(error: ShopError, outcomes: Settled): ShopError {
  const known = [...outcomes].filter(([, outcome]) => outcome.kind !== 'refused' || outcome.why !== 'outcome-unknown');
  error.settled = new Map([...(error.settled ?? []), ...known]);
  return error;
}

/** A push of several tries, whose last trouble knows what the earlier ones settled. */
export async function keepingSettled(
  quantities: readonly Quantity[],
  push: ShopConnector['push'],
  tries: (once: (signal: AbortSignal) => ReturnType<ShopConnector['push']>) => ReturnType<ShopConnector['push']>,
): Promise<readonly PushOutcome[]> {
  const settled = new Map<Quantity, PushOutcome>();
  try {
    return await tries((signal) =>
      push(quantities, signal).catch((error: unknown) => {
        if (error instanceof ShopError)
          for (const [quantity, outcome] of error.settled ?? []) settled.set(quantity, outcome);
        throw error;
      }),
    );
  } catch (error) {
    throw error instanceof ShopError ? withSettled(error, settled) : error;
  }
}
