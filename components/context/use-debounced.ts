import { useEffect, useState } from 'react';
import { useApp } from './app-context.ts';

/** Milliseconds that something has to stand still before it is worth asking about. */
const delay = 150;

/** A value once it has stood still: what a hand passes over on its way is never asked about, nor sent. */
export function useDebounced<Value>(value: Value): Value {
  const { busy } = useApp();
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    if (Object.is(value, debounced)) return undefined;
    const end = busy.begin();
    const timer = setTimeout(() => {
      setDebounced(value);
      end();
    }, delay);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [value, debounced, busy]);
  return debounced;
}
