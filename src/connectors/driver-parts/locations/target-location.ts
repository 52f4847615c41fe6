import type { LocationChoice } from '../../../ports/shop-connector.ts';

/** Where a figure goes; or no location, and why where there is something to say. */
export type TargetLocation = { readonly id: string } | { readonly id?: undefined; readonly said?: string };

/**
 * The location that gets a figure: the one that is `told` if the shop still has it, else the chosen one, or the only
 * one there is. None where it would have to be guessed.
 */
export async function targetLocation(
  { told, chosen }: { readonly told: string | undefined; readonly chosen: string | undefined },
  all: () => Promise<readonly LocationChoice[]>,
): Promise<TargetLocation> {
  if (told === undefined && chosen !== undefined) return { id: chosen };
  const there = await all();
  if (told !== undefined) return { id: there.find(({ id }) => id === told)?.id };
  const [only, ...more] = there;
  if (only === undefined) return {};
  return more.length === 0
    ? { id: only.id }
    : { said: `choose a stock location: ${there.map(({ id, name }) => name ?? id).join(', ')}` };
}
