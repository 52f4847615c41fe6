import { useEffect, useMemo, useState } from 'react';
import type { LiveAnswer } from '../../src/domain/diagnosis/place-facts.ts';
import type { ProductId, ShopId } from '../../src/domain/ids.ts';
import type { Services } from '../../src/services/services.ts';
import { useApp } from './app-context.ts';
import { useDebounced } from './use-debounced.ts';

/** How the asking goes: shops that answered, and whether more are on their way. */
export type LiveAnswers = {
  readonly heard: ReadonlyMap<ShopId, LiveAnswer> | undefined;
  readonly asking: boolean;
};

/** Milliseconds in which one product is not asked for again, however often its card is opened. */
const askAgainAfter = 60_000;
/** The answers that are remembered, the newest cards last. */
const maxCards = 50;

type Kept = { readonly at: number; readonly heard: ReadonlyMap<ShopId, LiveAnswer> };
const kept = new WeakMap<object, Map<ProductId, Kept>>();

/** What the shops said of these products when their cards asked. */
export const answersHeard = (services: Services, productIds: readonly ProductId[]): readonly LiveAnswer[] =>
  productIds.flatMap((id) => [...(kept.get(services)?.get(id)?.heard.values() ?? [])]);

/**
 * Asks the shops about a product while its card is open, where the settings allow it: a card that is passed over is
 * not asked for, one that was asked for a moment ago not again, and leaving it breaks the asking off.
 */
export function useLiveAnswers(productId: ProductId): LiveAnswers {
  const { services, askOnOpen, elapsed, busy, perform } = useApp();
  const remembered = useMemo(() => {
    const cards = kept.get(services) ?? new Map<ProductId, Kept>();
    kept.set(services, cards);
    return cards;
  }, [services]);
  const [answers, setAnswers] = useState<LiveAnswers>({ heard: remembered.get(productId)?.heard, asking: false });
  const rested = useDebounced(productId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once a visit
  useEffect(() => {
    const last = remembered.get(rested);
    if (!askOnOpen || (last !== undefined && elapsed() - last.at < askAgainAfter)) return undefined;
    const stop = new AbortController();
    const end = busy.begin();
    let heard: ReadonlyMap<ShopId, LiveAnswer> = last?.heard ?? new Map();
    setAnswers({ heard, asking: true });
    const remember = (at: number): void => {
      remembered.delete(rested);
      remembered.set(rested, { at, heard });
      for (const id of remembered.keys()) if (remembered.size > maxCards) remembered.delete(id);
    };
    const onAnswer = (shop: ShopId, answer: LiveAnswer): void => {
      if (stop.signal.aborted) return;
      heard = new Map([...heard, [shop, answer]]);
      // Who leaves before the last shop has answered keeps what was heard, and it is asked again.
      remember(Number.NEGATIVE_INFINITY);
      setAnswers({ heard, asking: true });
    };
    services.diagnosis
      .askShops(rested, { signal: stop.signal, onAnswer })
      .then(() => remember(elapsed()))
      .catch((error: unknown) => {
        if (!stop.signal.aborted) perform(() => Promise.reject(error));
      })
      .finally(() => {
        if (!stop.signal.aborted) setAnswers({ heard, asking: false });
        end();
      });
    return () => stop.abort();
  }, [rested, askOnOpen, services]);
  return answers;
}
