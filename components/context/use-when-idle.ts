import { useApp } from './app-context.ts';

/** Milliseconds without a key after which hands rest. */
const restsAfter = 1_000;
const lookAgain = 200;

/**
 * Answers a function for the end of a piece of work: it opens what that has to show once nobody types, so that
 * nothing pops up under typing hands. Where no key was pressed since the work began, it opens at once.
 */
export function useWhenIdle(): () => (open: () => void) => void {
  const { keys, dialogOpen } = useApp();
  return () => {
    const begun = keys.lastPressAt();
    const rests = (): boolean => {
      if (keys.takesText() || dialogOpen()) return false;
      return keys.lastPressAt() === begun || performance.now() - keys.lastPressAt() >= restsAfter;
    };
    return (open) => {
      if (rests()) return open();
      const timer = setInterval(() => {
        if (!rests()) return;
        clearInterval(timer);
        open();
      }, lookAgain);
      timer.unref();
      return undefined;
    };
  };
}
