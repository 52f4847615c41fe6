import { ShopError } from '../../../ports/shop-error.ts';
import type { GraphqlResponse } from '../client/graphql-client.ts';
import { allVariants, orderedFile, orderFile } from '../documents.ts';
import { toGid } from '../ids.ts';
import type { ReadContext } from './query-listings.ts';
import { type WireFile, wireOrderedFile, wireOrderFile } from './wire-file.ts';

/** The option that says from how many variants on a file is ordered; 0: never. */
export const fileOption = 'bulkFrom';
const usualFrom = 25_000;

/** Whether a shop of this size is read from a file: a page of it costs points, a file costs none. */
export function isFileSized({ shop }: ReadContext, variants: number | undefined): boolean {
  const chosen = Number(shop.options[fileOption] ?? usualFrom);
  const from = Number.isSafeInteger(chosen) && chosen >= 0 ? chosen : usualFrom;
  return from > 0 && (variants ?? 0) >= from;
}

/** Orders a file of all variants; nothing where the shop makes none now: others are being made, or a right is missing. */
export async function order(
  { client }: ReadContext,
  locations: readonly string[],
  signal: AbortSignal,
): Promise<string | undefined> {
  const query = allVariants(locations);
  try {
    const { data } = await client.ask(
      { document: orderFile, schema: wireOrderFile, variables: { query }, doing: 'ordering a file of all products' },
      signal,
    );
    return data.bulkOperationRunQuery.bulkOperation?.id;
  } catch (error) {
    if (error instanceof ShopError && (error.kind === 'forbidden' || error.kind === 'refused')) return undefined;
    throw error;
  }
}

type Asked = GraphqlResponse<{ readonly shop: { readonly currencyCode: string } }>;
/** A file that lies ready, one that is still being made, and one that will not come. */
export type FileState =
  | { readonly kind: 'ready'; readonly file: WireFile; readonly url: URL; readonly answer: Asked }
  | { readonly kind: 'being-made'; readonly answer: Asked }
  | { readonly kind: 'none'; readonly answer: Asked };

/** How an ordered file stands. One with less in it than was found ("partial data") is none. */
export async function stateOf({ client }: ReadContext, id: string, signal: AbortSignal): Promise<FileState> {
  const answer = await client.ask(
    {
      document: orderedFile,
      schema: wireOrderedFile,
      variables: { id: toGid('BulkOperation', id) },
      doing: 'waiting for the ordered file',
    },
    signal,
  );
  const file = answer.data.bulkOperation;
  if (file === null) return { kind: 'none', answer };
  if (file.status === 'CREATED' || file.status === 'RUNNING') return { kind: 'being-made', answer };
  const isWhole = file.status === 'COMPLETED' && file.errorCode === undefined && URL.canParse(file.url ?? '');
  return isWhole ? { kind: 'ready', file, url: new URL(file.url ?? ''), answer } : { kind: 'none', answer };
}
