import { useEffect, useRef, useState } from 'react';
import { productsOf, type StoredEvent } from '../../src/domain/event.ts';
import type { ProductId } from '../../src/domain/ids.ts';
import { useDesk } from './use-desk.ts';

/** So many names are asked for; older events keep their ids until they are walked to. */
const most = 300;

/** Learns what the products of some events are called. Counts up when names came in. */
export function useNames(events: readonly StoredEvent[]): number {
  const { services, knows, busy } = useDesk();
  const asked = useRef(new Set<ProductId>());
  const [named, setNamed] = useState(0);
  useEffect(() => {
    const ids = [...new Set(events.slice(0, most).flatMap(productsOf))].filter((id) => !asked.current.has(id));
    if (ids.length === 0) return;
    for (const id of ids) asked.current.add(id);
    const end = busy.begin();
    Promise.all(ids.map((id) => services.identify(id)))
      .then((found) => {
        knows(found.flat());
        setNamed((count) => count + 1);
      })
      // A name that cannot be learned leaves the id standing; the list itself tells of trouble with the store.
      .catch(() => setNamed((count) => count))
      .finally(end);
  }, [events, services, knows, busy]);
  return named;
}
