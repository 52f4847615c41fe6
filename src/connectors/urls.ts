import { percentDecoded } from '../domain/text/percent-decoded.ts';
import type { UrlResult } from '../ports/platform.ts';
import { isLookalike } from './network/lookalike.ts';

/** Whether a host is this very machine: the only place that keys are sent to over plain http. */
export const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' ||
  hostname === '[::1]' ||
  hostname === '::1' ||
  /^127(\.\d{1,3}){3}$/.test(embeddedV4(hostname) ?? hostname);

/** The IPv4 address that an IPv6 one carries (mapped, compatible, NAT64, 6to4), by the words that `URL` writes. */
function embeddedV4(hostname: string): string | undefined {
  const hex =
    /^\[(?:::ffff:|::ffff:0:|::|64:ff9b::|64:ff9b:1::)([0-9a-f]{1,4}):([0-9a-f]{1,4})\]$/i.exec(hostname) ??
    /^\[2002:([0-9a-f]{1,4}):([0-9a-f]{1,4}):/i.exec(hostname);
  if (hex === null) return undefined;
  const [high, low] = [Number.parseInt(hex[1] ?? '', 16), Number.parseInt(hex[2] ?? '', 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

// Link-local addresses and those where a cloud's metadata services answer; groups of machines; nobody.
const noShopV4 = /^(?:169\.254\.|0\.|100\.100\.100\.200$|192\.0\.0\.192$|168\.63\.129\.16$|22[4-9]\.|2[345]\d\.)/;
const noShopV6 = /^\[(?:fe[89ab][0-9a-f]:|ff[0-9a-f]{2}:|fd00:ec2::254\]|fd20:ce::254\]|::\])/i;
const metadataHost =
  /^(?:metadata(?:\.google(?:\.internal)?|\.goog|\.tencentyun\.com|\.platformequinix\.com|\.packet\.net)?|instance-data(?:\..*)?)$/i;

/** Whether a host is none that a shop could answer at, by the words that `URL` writes. */
export const answersNoShop = (hostname: string): boolean =>
  noShopV6.test(hostname) || metadataHost.test(hostname) || noShopV4.test(embeddedV4(hostname) ?? hostname);

/** The host as it was typed, before it is made ASCII. */
const typedHost = (full: string): string =>
  (/^[a-z][a-z0-9+.-]*:[\\/]{2,}(?:[^/?#\\@]*@)?([^/?#\\]*)/i.exec(full)?.[1] ?? '').replace(/:\d*$/, '');

/** The host in letters that cannot deceive. */
const asciiOf = ({ protocol, host }: URL): string => `${protocol}//${host}`;

/**
 * Why nothing may be sent to the host of an address, whatever its scheme: it is not what it looks like, or a machine's
 * own. The words are those that `shapeReason` knows; nothing where it is a host like any other.
 */
export function hostReason(address: string): string | undefined {
  const web = address.trim().replace(/^[a-z][a-z0-9+.-]*:/i, 'https:');
  const url = URL.parse(web);
  if (url === null) return undefined;
  if (isLookalike(typedHost(web))) return `not what it looks like but ${url.hostname}`;
  return answersNoShop(url.hostname.replace(/\.$/, '')) ? `not a host but ${url.hostname}` : undefined;
}

// Keys that people copied into the path along with the address.
const keyInPath = /\/[^/]*(?:\b(?:ck|cs)_[0-9a-z]{8,}|\bshp(?:at|ca|pa|ss|ua)_[0-9a-z]{8,}|(?:token|key|secret)[=:])/i;

/**
 * An address as it is kept: with scheme, lower-case host, no credentials, query, fragment or trailing slash. `cut`
 * takes away what people paste along with it, such as `/wp-json/wc/v3`. A missing scheme means https.
 */
export function normaliseUrl(typed: string, cut: RegExp): UrlResult {
  const text = typed.trim().replace(/^[<"']+|[>"']+$/g, '');
  // A backslash is a slash to some and a letter to others: before an "@" each of them would go to another host.
  if (text === '' || /[\s\\]/.test(text)) return { problem: 'not-a-url' };
  const full = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(full)) return { problem: /^https?:\/\/(?:[/?#:]|$)/i.test(full) ? 'no-host' : 'not-a-url' };
  const url = new URL(full);
  // A dot at the end names the same host.
  if (/[^.]\.$/.test(url.hostname)) url.hostname = url.hostname.slice(0, -1);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { problem: 'not-a-url' };
  const hasKey = /consumer_|token=|key=|secret=|password=|signature=|\b(?:ck|cs)_[0-9a-z]{8}/i.test(
    url.search + url.hash,
  );
  if (url.username !== '' || url.password !== '' || hasKey || keyInPath.test(percentDecoded(url.pathname))) {
    return { problem: 'has-credentials' };
  }
  if (!isRealHost(url.hostname, full !== text) || url.port === '0') return { problem: 'no-host' };
  if (isLookalike(typedHost(full))) return { problem: 'lookalike', ascii: asciiOf(url) };
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
  hostname.length <= 253 &&
  hostname.split('.').every((label) => label.length <= 63 || label.startsWith('[')) &&
  !/^\.|\.\./.test(hostname) &&
  !answersNoShop(hostname) &&
  (!guessed || hostname === 'localhost' || hostname.includes('.') || hostname.startsWith('['));

/** An address under a base that may lie in a subfolder: `new URL` alone would lose the folder. */
export function under(base: string, path: string, query: Readonly<Record<string, string>> = {}): URL {
  const address = `${base.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  const asked = new URLSearchParams(query);
  if (asked.size === 0) return new URL(address);
  // At once: an address takes itself apart anew for whatever it is given later.
  if (!/[?#]/.test(address)) return new URL(`${address}?${asked}`);
  const url = new URL(address);
  const whole = new URLSearchParams(url.search);
  for (const [name, value] of asked) whole.set(name, value);
  url.search = whole.toString();
  return url;
}
