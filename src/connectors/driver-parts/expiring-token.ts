import type { Instant } from '../../domain/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import { singleFlight } from './single-flight.ts';

/** A token and until when it is trusted to last a call. */
export type ExpiringToken = { readonly token: string; readonly until: Instant };

/** Keeps a token until it ends or is refused; a new one is asked for once, however many calls need it. */
export function expiringToken(
  clock: Clock,
  ask: (signal: AbortSignal) => Promise<ExpiringToken>,
  known?: ExpiringToken,
): {
  readonly current: (signal: AbortSignal) => Promise<string>;
  /** The shop no longer takes this token: the next one is a new one. */
  readonly refused: (token: string) => void;
} {
  let kept = known;
  const fresh = singleFlight(async (signal) => {
    kept = await ask(signal);
    return kept.token;
  });
  return {
    current: async (signal) => (kept !== undefined && clock.now() < kept.until ? kept.token : fresh(signal)),
    refused: (token) => {
      if (kept?.token === token) kept = undefined;
    },
  };
}
