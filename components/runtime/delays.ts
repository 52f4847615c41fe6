/** How long the screens wait before they ask anew, in milliseconds. */
export type Delays = {
  /** A value has to stand still for this long before it is worth asking about. */
  readonly debounce: number;
  /** Changes of the store gather for this long before a question is asked again. */
  readonly storeChanges: number;
  /** Runs something after so many milliseconds of a person's time; answers how to let it be. */
  readonly after: (milliseconds: number, run: () => void) => () => void;
};

/** For a person's hand and eyes. */
export const standardDelays: Delays = {
  debounce: 150,
  storeChanges: 200,
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
