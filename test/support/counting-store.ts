import type { Store, StoreReader } from '../../src/ports/store.ts';

/** A store that counts the records it hands out, inside changes and outside; what is only counted costs nothing. */
export type CountingStore = { readonly store: Store; readonly rows: () => number };

/** Questions that answer with whole shops: for looking into a store, not for acting on one. */
const wholeShops = ['integrationsOn', 'listingsOn', 'tombstonesOn', 'conflictsOn', 'marks'];

const rowsIn = (answer: unknown): number => {
  if (Array.isArray(answer)) return answer.length;
  return typeof answer === 'object' && answer !== null && 'lines' in answer ? rowsIn(answer.lines) : 0;
};

/** Lays a count over a store; the count begins anew when it is asked for. */
export function countingStore(store: Store): CountingStore {
  let rows = 0;
  const counted = <Reader extends StoreReader>(reader: Reader): Reader =>
    new Proxy(reader, {
      get: (target, name, receiver) => {
        const method: unknown = Reflect.get(target, name, receiver);
        if (typeof method !== 'function' || name === 'change' || name === 'watch' || name === 'watchTrouble')
          return method;
        return async (...given: readonly unknown[]) => {
          if (wholeShops.includes(String(name))) throw new Error(`${String(name)} reads a whole shop`);
          const answer: unknown = await method.apply(target, given);
          rows += rowsIn(answer);
          return answer;
        };
      },
    });
  const change: Store['change'] = (decide) => store.change((now) => decide(counted(now)));
  return {
    store: counted({ ...store, change }),
    rows: () => {
      const read = rows;
      rows = 0;
      return read;
    },
  };
}
