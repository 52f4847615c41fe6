import type { UrlResult } from '../ports/platform.ts';

/** Whether a host is this very machine: the only place that keys are sent to over plain http. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || hostname === '::1' || /^127(\.\d{1,3}){3}$/.test(hostname);

// Cloud metadata services answer here, and no shop does.
const linkLocal = /^(169\.254\.|\[fe[89ab][0-9a-f]:)/i;

/**
 * An address as it is kept: with scheme, lower-case host, no credentials, query, fragment or trailing slash. `cut`
 * takes away what people paste along with it, such as `/wp-json/wc/v3`. A missing scheme means https.
 */
export function normaliseUrl(typed: string, cut: RegExp): UrlResult {
  const text = typed.trim().replace(/^[<"']+|[>"']+$/g, '');
  if (text === '' || /\s/.test(text)) return { problem: 'not-a-url' };
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full)) return { problem: /^https?:\/\/(?:[/?#:]|$)/i.test(full) ? 'no-host' : 'not-a-url' };
  const url = new URL(full);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { problem: 'not-a-url' };
  if (url.username !== '' || url.password !== '' || /consumer_|token=|key=/i.test(url.search)) {
    return { problem: 'has-credentials' };
  }
  if (!isRealHost(url.hostname, full !== text)) return { problem: 'no-host' };
  if (url.protocol === 'http:' && !isLoopback(url.hostname)) return { problem: 'plain-http' };
  const path = url.pathname
    .replace(cut, '')
    .replace(/\/{2,}/g, '/')
    .replace(/\/+$/, '');
  return { url: `${url.protocol}//${url.host}${path}` };
}

// A single word is a machine on the own network when somebody wrote the scheme before it, else a slip.
const isRealHost = (hostname: string, guessed: boolean): boolean =>
  hostname !== '' &&
  !linkLocal.test(hostname) &&
  (!guessed || hostname === 'localhost' || hostname.includes('.') || hostname.startsWith('['));

/** An address under a base that may lie in a subfolder: `new URL` alone would lose the folder. */
export function under(base: string, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const url = new URL(`${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}
