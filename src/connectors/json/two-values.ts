const two = Symbol('two values');

type TwoValues = { readonly [two]: string };

const shown = (value: unknown): string =>
  typeof value === 'object' && value !== null ? '…' : JSON.stringify(value).slice(0, 30);

/**
 * Stands in the place of a value whose key one object holds twice, with two values: which of them is meant is nobody's
 * guess. No reader takes it: it is a list where an object was due, else an object.
 */
export function twoValues(one: unknown, other: unknown): TwoValues | readonly [TwoValues] {
  const marked = { [two]: `${shown(one)} / ${shown(other)}` };
  return [one, other].some((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
    ? [marked]
    : marked;
}

/** Both values, as they are told; nothing for any other value. */
export function bothOf(value: unknown): string | undefined {
  const inside: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof inside !== 'object' || inside === null || !(two in inside)) return undefined;
  return String(inside[two]);
}
