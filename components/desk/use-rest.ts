import { useEffect, useState } from 'react';
import { useDesk } from './use-desk.ts';

/** Milliseconds that something has to stand still before it is worth asking about. */
const pause = 150;

/** A value once it has stood still: what a hand passes over on its way is never asked about, nor sent. */
export function useRest<Value>(value: Value): Value {
  const { busy } = useDesk();
  const [rested, setRested] = useState(value);
  useEffect(() => {
    if (Object.is(value, rested)) return undefined;
    const end = busy.begin();
    const timer = setTimeout(() => {
      setRested(value);
      end();
    }, pause);
    return () => {
      clearTimeout(timer);
      end();
    };
  }, [value, rested, busy]);
  return rested;
}
