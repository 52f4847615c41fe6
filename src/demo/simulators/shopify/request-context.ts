import { GraphQLError } from 'graphql';
import type { FakeShop } from '../fake-shop.ts';
import type { SearchWarning } from './search.ts';

/** One question under way: whose shop, what the key may do, and what the searches complained of. */
export type RequestContext = {
  readonly shop: FakeShop;
  readonly scopes: ReadonlySet<string>;
  /** Changes younger than this (milliseconds) are not in the search index yet. */
  readonly indexLagMs: number;
  /** A file is being made: lists are whole, whatever is asked. */
  readonly whole?: boolean;
  readonly searches: { path: string[]; query: string; warnings: readonly SearchWarning[] }[];
};

export const gid = (kind: string, id: string): string => `gid://shopify/${kind}/${id}`;
export const numberIn = (kind: string, text: string): string | undefined =>
  text.startsWith(`gid://shopify/${kind}/`) ? text.slice(`gid://shopify/${kind}/`.length) : undefined;

/** Refuses a field, as Shopify does: by name, with the scope in a field of its own. */
export function needs(context: RequestContext, field: string, ...scopes: readonly string[]): void {
  if (scopes.some((scope) => context.scopes.has(scope))) return;
  const required = `${scopes.map((scope) => `\`${scope}\` access scope`).join(' or ')}.`;
  throw new GraphQLError(`Access denied for ${field} field. Required access: ${required}`, {
    extensions: {
      code: 'ACCESS_DENIED',
      documentation: 'https://shopify.dev/api/usage/access-scopes',
      requiredAccess: required,
    },
  });
}
