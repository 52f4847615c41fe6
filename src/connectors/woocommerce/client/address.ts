import type { Instant } from '../../../domain/ids.ts';
import { under } from '../../urls.ts';
import { signedQuery } from './oauth.ts';

/** Where the API lies: under `/wp-json/`, or in `?rest_route=` where a site has no permalinks. */
export type Routing = 'pretty' | 'plain';
/** How the key travels: as Basic authentication, in the address, or as a signature. */
export type KeyPlace = 'header' | 'query' | 'signature';
export type AddressStyle = { readonly routing: Routing; readonly place: KeyPlace };

export type Access = { readonly url: string; readonly key: string; readonly secret: string };
type Question = {
  readonly method?: string;
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
};

type Address = { readonly url: URL; readonly headers: Readonly<Record<string, string>> };

/** The address and headers of one call. `now` is the shop's own time, which a signature alone holds. */
export function addressOf(access: Access, question: Question, way: AddressStyle, now: () => Instant): Address {
  const { url, key, secret } = access;
  const pretty = way.routing === 'pretty';
  const query = { ...(pretty ? {} : { rest_route: `/${question.path}` }), ...question.query };
  const method = question.method ?? 'GET';
  // `home_url('')` has no slash at its end: the signature is over that.
  const signed = (): string => (pretty ? under(url, `wp-json/${question.path}`).href : url).replace(/^https:/, 'http:');
  const keyed =
    way.place === 'signature'
      ? signedQuery({ method, address: signed(), query, key, secret, at: now() })
      : { ...query, ...(way.place === 'query' ? { consumer_key: key, consumer_secret: secret } : {}) };
  return {
    url: under(url, pretty ? `wp-json/${question.path}` : '', keyed),
    headers: way.place === 'header' ? { authorization: basicOf(access) } : {},
  };
}

const basicOf = ({ key, secret }: Access): string =>
  `Basic ${Buffer.from(`${key}:${secret}`, 'utf8').toString('base64')}`;

/** What is tried after a way that seems to have brought no key: over https the secret may stand in the address. */
export const placesAfterHeader = (url: string): readonly KeyPlace[] =>
  url.startsWith('https:') ? ['query', 'signature'] : ['signature', 'query'];
