import { useEffect, useState } from 'react';
import type { ServerOverview } from '../../src/services/servers/server-service.ts';
import type { Services } from '../../src/services/services.ts';
import { serverKey } from '../../src/views/servers/server-lines.ts';

/** Milliseconds between two looks at what the servers of this store say; they say it every few seconds. */
const interval = 5_000;
const none: readonly ServerOverview[] = [];

/** The servers on this store and what they do; anew only when something else is to be shown. */
export function useServers(services: Pick<Services, 'servers'>): readonly ServerOverview[] {
  const [servers, setServers] = useState(none);
  useEffect(() => {
    let alive = true;
    let asking = false;
    const look = async (): Promise<void> => {
      if (asking) return;
      asking = true;
      // What cannot be read now is told by the store's own trouble; the last word stands until then.
      const found = await services.servers.list().catch(() => undefined);
      asking = false;
      if (!alive || found === undefined) return;
      setServers((before) => (serverKey(before) === serverKey(found) ? before : found));
    };
    void look();
    const timer = setInterval(() => void look(), interval);
    return () => {
      alive = false;
      clearInterval(timer);
    };
  }, [services]);
  return servers;
}
