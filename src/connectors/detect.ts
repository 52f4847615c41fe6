import type { Detection, PlatformDriver, Probe } from '../ports/platform.ts';
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

/**
 * Which platforms answer at an address, the surest first; none where nobody answers or nobody is recognised. Each
 * driver asks at the base address it would keep, without a key. Rejects only when aborted.
 */
export async function detectPlatforms(
  drivers: readonly PlatformDriver[],
  typed: string,
  signal: AbortSignal,
): Promise<readonly Detection[]> {
  const probe = makeProbe();
  const found = await Promise.all(
    drivers.map(async (driver) => {
      const normal = driver.normaliseUrl(typed);
      return 'url' in normal ? driver.detect(new URL(normal.url), probe, signal) : undefined;
    }),
  );
  const known = found.filter((one) => one !== undefined);
  return known.toSorted((a, b) => Number(b.confidence === 'sure') - Number(a.confidence === 'sure'));
}
