import { ShopError } from '../../ports/shop-error.ts';

/** An answer, or what the shop said in its place where nobody can read what it holds: that tells of one thing alone. */
export async function unlessUnreadable<Value>(
  ask: () => Promise<Value>,
): Promise<{ readonly ok: true; readonly value: Value } | { readonly ok: false; readonly said: string }> {
  try {
    return { ok: true, value: await ask() };
  } catch (error) {
    if (!(error instanceof ShopError) || error.kind !== 'unintelligible') throw error;
    return { ok: false, said: error.detail.said ?? '' };
  }
}
