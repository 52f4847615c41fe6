import { hasNoEnd, readingBounds } from '../../reading/reading-bounds.ts';
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
  throw client.trouble('unintelligible', {
    doing: 'reading the next page',
    said: 'the same page came again',
    distrusted: true,
  });
}

/** Pages that one thing may have: more than Shopify allows of variants, lines or locations. */
const maxPages = 200;

/** The pages of one thing, as many as it can have at most. `ask` reads one and answers the cursor of the next. */
export async function allPages(
  context: { readonly client: GraphqlClient },
  ask: (after: string | undefined) => Promise<string | undefined>,
): Promise<void> {
  let after: string | undefined;
  for (let page = 1; page <= maxPages; page += 1) {
    after = await ask(after);
    if (after === undefined) return;
  }
  const given = hasNoEnd(maxPages, readingBounds.rowsUnknown);
  throw context.client.trouble('unintelligible', { doing: 'reading the next page', ...given });
}
