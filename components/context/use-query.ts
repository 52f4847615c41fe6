import { useEffect, useRef, useState } from 'react';
import type { Services, StoreChange } from '../../src/services/services.ts';
import type { BusyTracker } from '../runtime/busy-tracker.ts';
import type { Delays } from '../runtime/delays.ts';
import type { Concerns } from '../runtime/store-changes.ts';
import { useApp } from './app-context.ts';

/** What a question brought so far. The last value stays while a new one is on its way: `loading` until this very question is answered. */
export type QueryResult<Value> = {
  readonly value?: Value;
  readonly error?: unknown;
  readonly loading: boolean;
  readonly refetch: () => void;
};

/**
 * Asks when `queryKey` changes, and again when the store changes in what `concerns` it (anything, when left out). A late answer to an older question is dropped, and
 * no two askings of one question run at a time.
 */
export function useQuery<Value>(queryKey: string, load: () => Promise<Value>, concerns?: Concerns): QueryResult<Value> {
  const { services, busy, delays, refreshCount } = useApp();
  return useServicesQuery({ services, busy, delays, queryKey: `${refreshCount} ${queryKey}`, load, concerns });
}

type QueryOptions<Value> = {
  readonly services: Pick<Services, 'watch'>;
  readonly busy: BusyTracker;
  readonly delays: Delays;
  readonly queryKey: string;
  readonly load: () => Promise<Value>;
  readonly concerns?: Concerns;
};

/** The same, for where there is no app context yet. */
export function useServicesQuery<Value>(options: QueryOptions<Value>): QueryResult<Value> {
  const { services, busy, queryKey, load, concerns } = options;
  const { storeChanges } = options.delays;
  const [state, setState] = useState<{ value?: Value; error?: unknown; answers?: string }>({});
  const latest = useRef(load);
  latest.current = load;
  const isConcerned = useRef(concerns);
  isConcerned.current = concerns;
  const refetchRef = useRef<() => void>(() => undefined);

  useEffect(() => {
    let alive = true;
    let inFlight = false;
    let outdated = false;
    let timer: NodeJS.Timeout | undefined;
    let endWait = (): void => undefined;

    const run = async (): Promise<void> => {
      if (inFlight) {
        outdated = true;
        return;
      }
      inFlight = true;
      const end = busy.begin();
      try {
        const value = await latest.current();
        if (alive) setState({ value, answers: queryKey });
      } catch (error) {
        if (alive) setState((before) => ({ ...before, error, answers: queryKey }));
      } finally {
        inFlight = false;
        if (alive && outdated) {
          outdated = false;
          void run();
        }
        end();
      }
    };
    const changed = (change: StoreChange): void => {
      if (timer !== undefined || isConcerned.current?.(change) === false) return;
      endWait = busy.begin();
      timer = setTimeout(() => {
        timer = undefined;
        void run();
        endWait();
      }, storeChanges);
    };
    refetchRef.current = () => void run();
    const unwatch = services.watch(changed);
    void run();
    return () => {
      alive = false;
      clearTimeout(timer);
      endWait();
      unwatch();
    };
  }, [queryKey, services, busy, storeChanges]);

  const { value, error, answers } = state;
  return { value, error, loading: answers !== queryKey, refetch: () => refetchRef.current() };
}
