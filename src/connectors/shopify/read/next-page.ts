import type { GraphqlClient } from '../client/graphql-client.ts';

type PageInfo = { readonly hasNextPage: boolean; readonly endCursor: string | null };

/** The shop's cursor of the next page, if there is one. A page that leads back to itself is an error. */
export function nextCursor(
  { client }: { readonly client: GraphqlClient },
  info: PageInfo,
  after: string | undefined,
): string | undefined {
  if (!info.hasNextPage) return undefined;
  if (info.endCursor !== null && info.endCursor !== after) return info.endCursor;
  throw client.trouble('unintelligible', { doing: 'reading the next page', said: 'the same page came again' });
}
