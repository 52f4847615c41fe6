/** What was typed does not hold together. Said in the reader's language already. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly advice: string;

  constructor(said: string, advice: string) {
    super(said);
    this.advice = advice;
  }
}
