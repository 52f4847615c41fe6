import { useEffect, useState, useSyncExternalStore } from 'react';
import { useApp } from './app-context.ts';

const second = 1_000;

/** How long the reading on its way has lasted, in milliseconds; looked at each second, and only while there is one. */
export function useSyncDuration(): number {
  const { jobs } = useApp();
  const running = useSyncExternalStore(jobs.subscribe, jobs.running);
  const [duration, setDuration] = useState(0);
  useEffect(() => {
    if (!running) return undefined;
    setDuration(jobs.duration());
    const timer = setInterval(() => setDuration(jobs.duration()), second);
    return () => clearInterval(timer);
  }, [running, jobs]);
  return duration;
}
