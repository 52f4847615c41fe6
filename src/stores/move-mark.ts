import { hostname } from 'node:os';
import { z } from 'zod';
import type { SharedState } from '../ports/shared-state.ts';
import type { StoreConfig } from '../ports/store-engine.ts';
import { readPostgresAddress } from './sql/postgres/address.ts';

/** Under which name a store says that a move into it has begun and not ended. */
const key = 'move';
/**
 * From which store of which machine, and what the store that it makes is known by as long as nobody changes it: also
 * what an earlier try left, which stands there until this one has written everything.
 */
const shape = z.object({ from: z.string(), tokens: z.array(z.string()) });

function sourceOf(from: StoreConfig): string {
  if (from.kind === 'postgres') return readPostgresAddress(from.connection).place;
  return `${hostname()}:${from.kind === 'json' ? from.folder : from.path}`;
}

/** `standing`: what an earlier try left there, if anything. */
export const beginMove = (
  shared: SharedState,
  from: StoreConfig,
  { token, standing }: { readonly token: string; readonly standing?: string },
): Promise<void> =>
  shared.put(key, { from: sourceOf(from), tokens: standing === undefined ? [token] : [standing, token] });

/** The store is used from here on. A mark that stays is none any more after the first change. */
export const endMove = (shared: SharedState): Promise<void> => shared.remove(key).catch(() => undefined);

/**
 * Whether what stands in a store is what a move from this very store left that was broken off before anybody used it.
 * `standing`: what the store is known by as it is now.
 */
export async function isLeftover(
  shared: SharedState,
  from: StoreConfig,
  standing: string | undefined,
): Promise<boolean> {
  const [mark] = (await shared.list(key)).flatMap((one) => (one.key === key ? [shape.safeParse(one.value).data] : []));
  return mark !== undefined && mark.from === sourceOf(from) && standing !== undefined && mark.tokens.includes(standing);
}
