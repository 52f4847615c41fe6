import { useEffect, useState } from 'react';
import type { Instant } from '../../src/domain/ids.ts';

/** Milliseconds between two looks at the clock: ages are said in minutes. */
const updateInterval = 20_000;

/** The time, as often as ages need it. */
export function useClock(now: () => Instant): Instant {
  const [time, setTime] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setTime(now()), updateInterval);
    return () => clearInterval(timer);
  }, [now]);
  return time;
}
