/** A count with its noun: "1 product", "2 products". */
export const many = (count: string, one: string, more: string): string => `${count} ${count === '1' ? one : more}`;

/** The counts that are not nought, as one sentence; the first is always told. */
export const toldCounts = (...parts: readonly (readonly [count: string, word: string])[]): string =>
  `${parts
    .filter(([count], at) => at === 0 || count !== '0')
    .map(([count, word]) => `${count} ${word}`)
    .join(', ')}.`;
