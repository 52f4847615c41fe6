import { shownAddress } from '../domain/text/shown-address.ts';
import type { Detection, PlatformDriver, Probe } from '../ports/platform.ts';
import { ShopError } from '../ports/shop-error.ts';
import { makeBudget, spentWords } from './reading/budget.ts';
import { isLoopback } from './urls.ts';

const probeMs = 10_000;
const maxProbeBytes = 1024 * 1024;

/** A probe over got: no key, no redirect, 10 s and 1 MB at most; nothing where no answer came. Rejects when aborted. */
const makeProbe = (): Probe => async (url, signal) => {
  if (url.protocol !== 'https:' && !isLoopback(url.hostname)) return undefined;
  const { exchange } = await import('./http-exchange.ts');
  try {
    const { status, headers, text } = await exchange(
      { url, doing: 'asking what the shop runs on' },
      { timeoutMs: probeMs, maxBytes: maxProbeBytes },
      signal,
    );
    return { status, headers, text };
  } catch {
    signal.throwIfAborted();
    return undefined;
  }
};

/** A person waits for it: so long all questions may take together. */
const detectMs = 15_000;

/**
 * Which platforms answer at an address, the surest first; none where nobody answers or nobody is recognised. Each
 * driver asks at the base address it would keep, without a key. Rejects when aborted, and with `unreachable` where
 * nothing was recognised by the time that a person waits.
 */
export async function detectPlatforms(
  drivers: readonly PlatformDriver[],
  typed: string,
  { signal, withinMs = detectMs }: { readonly signal: AbortSignal; readonly withinMs?: number },
): Promise<readonly Detection[]> {
  const probe = makeProbe();
  const budget = makeBudget(withinMs, signal);
  const known = await budget.spend(async (inner) => {
    const found = drivers.map(async (driver) => {
      const normal = driver.normaliseUrl(typed);
      if (!('url' in normal)) return undefined;
      return driver.detect(new URL(normal.url), probe, inner).catch((error: unknown) => {
        // What was answered in time counts, though another question was still open.
        if (signal.aborted || !inner.aborted) throw error;
        return undefined;
      });
    });
    return (await Promise.all(found)).filter((one) => one !== undefined);
  });
  if (known.length === 0 && budget.isSpent() && !signal.aborted) {
    const said = spentWords(budget);
    throw new ShopError('unreachable', {
      shop: shownAddress(typed),
      doing: 'asking what the shop runs on',
      said,
      saidBy: 'us',
    });
  }
  return known.toSorted((a, b) => Number(b.confidence === 'sure') - Number(a.confidence === 'sure'));
}
