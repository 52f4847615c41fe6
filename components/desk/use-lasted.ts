import { useEffect, useState, useSyncExternalStore } from 'react';
import { useDesk } from './use-desk.ts';

const second = 1_000;

/** How long the reading on its way has lasted, in milliseconds; looked at each second, and only while there is one. */
export function useLasted(): number {
  const { jobs } = useDesk();
  const running = useSyncExternalStore(jobs.subscribe, jobs.running);
  const [lasted, setLasted] = useState(0);
  useEffect(() => {
    if (!running) return undefined;
    setLasted(jobs.lasted());
    const timer = setInterval(() => setLasted(jobs.lasted()), second);
    return () => clearInterval(timer);
  }, [running, jobs]);
  return lasted;
}
