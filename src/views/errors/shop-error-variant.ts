import type { Words } from '../words/words.ts';

type Trouble = { readonly kind: string; readonly said?: string; readonly status?: number };
export type ShopErrorVariant = keyof Words['domain']['shopErrorVariant'];

const variants: readonly (readonly [ShopErrorVariant, string, RegExp])[] = [
  ['sentToPeople', 'moved', /^it sends us (?:to a page for people|back to the very same address)/],
  ['hostPassword', 'refused', /^a password of the host's stands/],
  ['firewall', 'refused', /^a firewall's page /],
  ['closedByPlugin', 'refused', /^a plug-in of the site closes its API: /],
  ['proxy', 'refused', /^the proxy /],
  ['proxy', 'unreachable', /^the proxy /],
  ['showsNothing', 'unintelligible', /^the shop shows no products at all/],
  ['closedByShopify', 'refused', /^Shopify has (?:frozen|locked) the shop/],
  ['ownError', 'unreachable', /\(HTTP 5\d\d\)$|^a page came instead/],
];

/** What is wrong where one kind of trouble has several causes, each with something else to do; by our own words for it. */
export function shopErrorVariant({ kind, said = '', status }: Trouble): ShopErrorVariant | undefined {
  if (kind === 'unreachable' && status !== undefined && status >= 500) return 'ownError';
  return variants.find(([, one, words]) => one === kind && words.test(said))?.[0];
}
