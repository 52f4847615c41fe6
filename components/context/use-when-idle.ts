import { useEffect, useRef } from 'react';
import { useApp } from './app-context.ts';

/**
 * Answers a function for the end of a piece of work: it opens what that has to show where the person still waits for
 * it, on the same screen and with hands that rested since the work began; else nothing is opened, and `false` says so.
 */
export function useWhenIdle(): () => (open: () => void) => boolean {
  const { keys, dialogOpen } = useApp();
  const stillHere = useRef(true);
  useEffect(() => {
    stillHere.current = true;
    return () => {
      stillHere.current = false;
    };
  }, []);
  return () => {
    const begun = keys.lastPressAt();
    return (open) => {
      const waits = stillHere.current && !dialogOpen() && !keys.takesText() && keys.lastPressAt() === begun;
      if (waits) open();
      return waits;
    };
  };
}
