import { useEffect, useRef, useState } from 'react';
import type { Services } from '../../src/services/services.ts';
import type { Busy } from '../busy.ts';
import { useDesk } from './use-desk.ts';

/** What a question brought so far. The last value stays while a new one is on its way. */
export type Answer<Value> = {
  readonly value?: Value;
  readonly error?: unknown;
  readonly waiting: boolean;
  readonly again: () => void;
};

/** Milliseconds in which changes gather before a question is asked again. */
const gather = 200;

/**
 * Asks when `about` changes and again when the store changes. A late answer to an older question is dropped, and
 * no two askings of one question run at a time.
 */
export function useQuery<Value>(about: string, ask: () => Promise<Value>): Answer<Value> {
  const { services, busy, epoch } = useDesk();
  return useAnswer({ services, busy, about: `${epoch} ${about}`, ask });
}

type Question<Value> = {
  readonly services: Pick<Services, 'watch'>;
  readonly busy: Busy;
  readonly about: string;
  readonly ask: () => Promise<Value>;
};

/** The same, for where there is no desk yet. */
export function useAnswer<Value>({ services, busy, about, ask }: Question<Value>): Answer<Value> {
  const [state, setState] = useState<{ value?: Value; error?: unknown; waiting: boolean }>({ waiting: true });
  const newest = useRef(ask);
  newest.current = ask;
  const againRef = useRef<() => void>(() => undefined);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `about` says when the question is another one
  useEffect(() => {
    let alive = true;
    let asking = false;
    let stale = false;
    let timer: NodeJS.Timeout | undefined;
    let endWait = (): void => undefined;

    const run = async (): Promise<void> => {
      if (asking) {
        stale = true;
        return;
      }
      asking = true;
      const end = busy.begin();
      try {
        const value = await newest.current();
        if (alive) setState({ value, waiting: false });
      } catch (error) {
        if (alive) setState((before) => ({ ...before, error, waiting: false }));
      } finally {
        asking = false;
        if (alive && stale) {
          stale = false;
          void run();
        }
        end();
      }
    };
    const changed = (): void => {
      if (timer !== undefined) return;
      endWait = busy.begin();
      timer = setTimeout(() => {
        timer = undefined;
        void run();
        endWait();
      }, gather);
    };
    againRef.current = () => void run();
    const unwatch = services.watch(changed);
    void run();
    return () => {
      alive = false;
      clearTimeout(timer);
      endWait();
      unwatch();
    };
  }, [about, services, busy]);

  return { ...state, again: () => againRef.current() };
}
