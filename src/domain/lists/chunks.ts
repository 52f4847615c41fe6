/** A list in parts of at most so many. */
export const chunks = <Value>(values: readonly Value[], size: number): readonly (readonly Value[])[] =>
  Array.from({ length: Math.ceil(values.length / size) }, (_, at) => values.slice(at * size, (at + 1) * size));

/** A list in two parts as alike as can be; one of one value is a part. */
export const halves = <Value>(values: readonly Value[]): readonly (readonly Value[])[] =>
  chunks(values, Math.ceil(values.length / 2));
