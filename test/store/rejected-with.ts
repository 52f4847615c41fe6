import { StoreError } from '../../src/ports/store-error.ts';

/** The trouble that some work with the store ends in. Throws where it goes well, or fails in another way. */
export const trouble = (work: Promise<unknown>): Promise<StoreError> =>
  work.then(
    () => {
      throw new Error('it went well');
    },
    (error: unknown) => {
      if (error instanceof StoreError) return error;
      throw error;
    },
  );
