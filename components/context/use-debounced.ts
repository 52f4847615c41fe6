import { useEffect, useState } from 'react';
import { useApp } from './app-context.ts';

/** A value once it has stood still: what a hand passes over on its way is never asked about, nor sent. */
export function useDebounced<Value>(value: Value): Value {
  const { busy, delays } = useApp();
  const [debounced, setDebounced] = useState(value);
  useEffect(() => {
    if (Object.is(value, debounced)) return undefined;
    const end = busy.begin();
    const timer = setTimeout(() => {
      setDebounced(value);
      end();
    }, delays.debounce);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [value, debounced, busy, delays]);
  return debounced;
}
