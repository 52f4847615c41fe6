/** The first of these that is there and is no number. */
export const noNumberIn = (...texts: readonly (string | undefined)[]): string | undefined =>
  texts.find((text) => text !== undefined && !Number.isFinite(Number(text)));

/** A combination's price: its product's and what it adds to that. */
export function sumOf(price: string | undefined, impact: string | undefined): string | undefined {
  const sum = Number(price ?? Number.NaN) + Number(impact ?? 0);
  return Number.isFinite(sum) ? sum.toFixed(6) : undefined;
}
