import type { ShopError } from '../../../ports/shop-error.ts';
import { makeRowCounter } from '../../reading/reading-bounds.ts';
import type { GraphqlClient } from '../client/graphql-client.ts';
import type { Place } from './cursor.ts';

type PageInfo = { readonly hasNextPage: boolean; readonly endCursor: string | null };

/** The shop's cursor of the next page, if there is one. A page that leads back to itself is an error. */
export function nextCursor(
  { client }: { readonly client: GraphqlClient },
  info: PageInfo,
  after: string | undefined,
): string | undefined {
  if (!info.hasNextPage) return undefined;
  if (info.endCursor !== null && info.endCursor !== after) return info.endCursor;
  throw cameAgain(client, 'reading the next page');
}

export const cameAgain = (client: GraphqlClient, doing: string): ShopError =>
  client.trouble('unintelligible', { doing, found: 'the same page came again', distrusted: true });

/** The number of a page's last row. Pages go upwards, so one that does not begin higher has been before. */
export function lastNumber(
  { client }: { readonly client: GraphqlClient },
  rows: readonly { readonly id: string }[],
  { last }: Pick<Place, 'last'>,
): string | undefined {
  const [first] = rows;
  if (first !== undefined && last !== undefined && BigInt(first.id) <= BigInt(last)) {
    throw cameAgain(client, 'reading products');
  }
  return rows.at(-1)?.id ?? last;
}

/** Rows that one thing may have: more than twice what Shopify allows of variants, lines or locations. */
const maxRows = 5000;
/** What a page with fewer rows counts for, so that pages that hold nothing come to an end too. */
const fewest = 25;

/** One page of what a thing has: how many rows it held, and the cursor of the next. */
export type PageOfThing = { readonly rows: number; readonly next: string | undefined };

/** The pages of one thing, as many as it can have at most. `ask` reads one; nothing where the thing is gone. */
export async function allPages(
  context: { readonly client: GraphqlClient },
  ask: (after: string | undefined) => Promise<PageOfThing | undefined>,
): Promise<void> {
  const count = makeRowCounter(maxRows);
  for (let after: string | undefined; ; ) {
    const page = await ask(after);
    if (page?.next === undefined) return;
    const given = count(Math.max(page.rows, fewest));
    if (given !== undefined)
      throw context.client.trouble('unintelligible', { doing: 'reading the next page', ...given });
    after = page.next;
  }
}
