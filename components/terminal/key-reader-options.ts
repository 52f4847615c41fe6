export type KeyReader = {
  feed(text: string): void;
  /** Waits no longer: what was held back is pressed now. */
  flush(): void;
  stop(): void;
};

/** Asked anew for each read, so that they may be set once there is a screen. */
export type KeyReaderOptions = {
  /** Whether a field takes letters as text now. */
  inField?: () => boolean;
  /** Told of a text that came too fast for hands and never ended: no key of it is pressed. */
  onUnclear?: (text: string) => void;
  /** Told of a line or field of a code behind its first one, where no field takes it: no key of it is pressed. */
  onFieldOfCode?: (text: string) => void;
  /** Told after each read and each wait whether something is held back: a key that another may follow. */
  onHeld?: (isHeld: boolean) => void;
  /** Told of what the terminal sent that is no key: it may be an answer. */
  onAnswer?: (sequence: string) => void;
  /** Milliseconds of a clock that only goes forward. */
  readonly now?: () => number;
};
