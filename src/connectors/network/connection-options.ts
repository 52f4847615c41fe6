import type { OptionField } from '../../ports/platform.ts';
import type { HttpOptions } from '../http-request.ts';
import { hostReason } from '../urls.ts';

// A header holds no line breaks, and nothing beyond what can be printed.
const agentText = /^[\x20-\x7e]{1,200}$/;

/** A proxy as it can be used: what is kept is shown, so that it holds no password. */
export function isProxy(typed: string): boolean {
  if (!/^https?:\/\//i.test(typed) || !URL.canParse(typed)) return false;
  const { username, password, pathname, search } = new URL(typed);
  return [username, password, search].join('') === '' && pathname === '/' && hostReason(typed) === undefined;
}

/** Settings of the line to a shop that every platform has. */
export const connectionFields: readonly OptionField[] = [
  {
    name: 'userAgent',
    label: { da: 'User agent', en: 'User agent' },
    hint: {
      da: 'hvad programmet kalder sig; når en firewall afviser "bindeled"',
      en: 'what the program calls itself; where a firewall turns "bindeled" away',
    },
    accepts: (value) => agentText.test(value),
  },
  {
    name: 'proxy',
    label: { da: 'Proxy', en: 'Proxy' },
    hint: {
      da: 'http://vært:port; bruges kun til https, som den sender uset videre',
      en: 'http://host:port; used for https alone, which it passes on unseen',
    },
    accepts: isProxy,
  },
];

/**
 * The settings as the line wants them. A user agent that makes no sense is left out; a proxy never is: whoever named one
 * wants nothing to go past it, so that one that cannot be used is refused where it would be.
 */
export function connectionOptions(options: Readonly<Record<string, string>>): Pick<HttpOptions, 'userAgent' | 'proxy'> {
  const { userAgent, proxy } = options;
  return {
    userAgent: userAgent !== undefined && agentText.test(userAgent) ? userAgent : undefined,
    proxy: proxy === '' ? undefined : proxy,
  };
}
