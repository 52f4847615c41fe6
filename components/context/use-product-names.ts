import { useEffect, useRef, useState } from 'react';
import { productsOf, type StoredEvent } from '../../src/domain/event.ts';
import type { ProductId } from '../../src/domain/ids.ts';
import { useApp } from './app-context.ts';

/** So many names are asked for; older events keep their ids until they are walked to. */
const maxNames = 300;

/** Learns what the products of some events are called. Counts up when names came in. */
export function useProductNames(events: readonly StoredEvent[]): number {
  const { services, rememberNames, busy } = useApp();
  const asked = useRef(new Set<ProductId>());
  const [named, setNamed] = useState(0);
  useEffect(() => {
    const ids = [...new Set(events.slice(0, maxNames).flatMap(productsOf))].filter((id) => !asked.current.has(id));
    if (ids.length === 0) {
      if (asked.current.size === 0) setNamed((count) => Math.max(1, count));
      return;
    }
    for (const id of ids) asked.current.add(id);
    const end = busy.begin();
    Promise.all(ids.map((id) => services.lookup.identify(id)))
      .then((found) => {
        rememberNames(found.flat());
        setNamed((count) => count + 1);
      })
      // A name that cannot be learned leaves the id standing; the list itself tells of trouble with the store.
      .catch(() => setNamed((count) => count + 1))
      .finally(end);
  }, [events, services, rememberNames, busy]);
  return named;
}
