import { afterEach } from 'vitest';
import { open, type Person } from './screen.tsx';

/** Opens the dashboard for a test, and leaves it when the test has ended. One at a time. */
export function opener(): typeof open {
  let person: Person | undefined;
  afterEach(() => person?.close());
  return async (...given) => {
    person = await open(...given);
    return person;
  };
}
