import type { LocationChoice } from '../../../ports/shop-connector.ts';

/**
 * The location that gets a figure: the one that is `told` if the shop still has it, else the chosen one, or the only
 * one there is. Nothing where it would have to be guessed.
 */
export async function targetLocation(
  { told, chosen }: { readonly told: string | undefined; readonly chosen: string | undefined },
  all: () => Promise<readonly LocationChoice[]>,
): Promise<string | undefined> {
  if (told === undefined && chosen !== undefined) return chosen;
  const there = await all();
  if (told !== undefined) return there.find(({ id }) => id === told)?.id;
  const [only, ...more] = there;
  return more.length === 0 ? only?.id : undefined;
}
