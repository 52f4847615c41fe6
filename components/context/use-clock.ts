import { useEffect, useState } from 'react';
import type { Instant } from '../../src/domain/ids.ts';
import type { Services } from '../../src/services/services.ts';
import type { KeyDispatcher } from '../terminal/key-dispatcher.ts';

/** Milliseconds between two looks at the clock: ages are said in minutes, and in seconds only when they are few. */
const updateInterval = 20_000;
/** Milliseconds after a key or a change that met an old time: a key's own frame is not kept waiting. */
const soon = 250;

/**
 * Whether the clock is looked at after so many intervals in which nothing was pressed or changed. After two minutes no
 * age on the screen is said in seconds any more, after an hour and a half none in minutes.
 */
const isDue = (quiet: number): boolean => quiet <= 6 || (quiet <= 270 ? quiet % 3 === 0 : quiet % 30 === 0);

/** The time, as often as ages need it: a screen that rests is drawn anew only where an age may have become another. */
export function useClock({ now, watch }: Pick<Services, 'now' | 'watch'>, keys: KeyDispatcher): Instant {
  const [time, setTime] = useState(now);
  useEffect(() => {
    let quiet = 0;
    let isOld = false;
    let catchUp: NodeJS.Timeout | undefined;
    const update = (): void => {
      isOld = false;
      setTime(now());
    };
    const timer = setInterval(() => {
      quiet += 1;
      isOld = !isDue(quiet);
      if (!isOld) update();
    }, updateInterval);
    const stirred = (): void => {
      quiet = 0;
      if (!isOld) return;
      isOld = false;
      catchUp = setTimeout(update, soon);
    };
    const stops = [watch(stirred), keys.onAnyKey(stirred)];
    return () => {
      clearInterval(timer);
      clearTimeout(catchUp);
      for (const stop of stops) stop();
    };
  }, [now, watch, keys]);
  return time;
}
