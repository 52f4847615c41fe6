import type { z } from 'zod';
import { type Instant, instantOf, millisecondsOf } from '../../../domain/ids.ts';
import { type Shop, tellsLocations } from '../../../domain/shop.ts';
import { readRow } from '../../decode.ts';
import { unreadableRow } from '../../driver-parts/rows/broken-row.ts';
import type { GraphqlClient, GraphqlResponse } from '../client/graphql-client.ts';
import { alsoAt, levelAlias, productById, variantsPage } from '../documents.ts';
import { toGid } from '../ids.ts';
import type { MapContext } from '../map.ts';
import { wireProductById, wireProductWithVariants, wireVariantsPage } from '../schema.ts';
import { type Locations, noLocation } from './locations.ts';

/** What every reading of one shop needs. */
export type ReadContext = { readonly client: GraphqlClient; readonly locations: Locations; readonly shop: Shop };

/** How many rows are asked for while the shop has not yet said what a row costs. */
const firstRows = 100;

type Asked = {
  /** The shop's own cursor. */
  readonly after: string | undefined;
  readonly locations: readonly string[];
};

export const queryVariants = (
  { client }: ReadContext,
  asked: Asked & { readonly query?: string; readonly counted?: boolean },
  signal: AbortSignal,
) =>
  client.ask(
    {
      document: alsoAt(variantsPage, asked.locations.slice(1)),
      schema: wireVariantsPage,
      variables: {
        query: asked.query,
        after: asked.after,
        counted: asked.counted ?? false,
        ...locationVariables(asked.locations),
      },
      rows: firstRows,
      doing: 'reading products',
    },
    signal,
  );

export const queryProduct = ({ client }: ReadContext, asked: Asked & { readonly id: string }, signal: AbortSignal) =>
  client.ask(
    {
      document: alsoAt(productById, asked.locations.slice(1)),
      schema: wireProductById,
      variables: { id: toGid('Product', asked.id), after: asked.after, ...locationVariables(asked.locations) },
      rows: firstRows,
      doing: 'reading a product',
    },
    signal,
  );

/** The product that was asked for; one that nobody can read is told as such. */
export function readOne({ client }: ReadContext, row: unknown, id: string): z.infer<typeof wireProductWithVariants> {
  const read = readRow(wireProductWithVariants, row);
  if (!read.ok) throw unreadableRow(client, 'reading a product', { ...read.broken, shopProductId: id });
  return read.value;
}

/** The variables that say at which location a stock figure is read, if at any; further ones stand in the document. */
export const locationVariables = ([first]: readonly string[]) => ({
  located: first !== undefined,
  location: toGid('Location', first ?? noLocation),
});

type FromShop = { readonly shop: { readonly currencyCode: string } };

export const mapContextOf = (
  { shop }: ReadContext,
  { data, asOf, withheld }: GraphqlResponse<FromShop>,
  locations: readonly string[],
): MapContext => ({
  shopId: shop.id,
  url: shop.url,
  currency: data.shop.currencyCode,
  seenAt: asOf,
  ...(tellsLocations(shop)
    ? {
        locations: withheld.some((field) => field === 'inventoryLevel' || field.startsWith(levelAlias))
          ? []
          : locations,
      }
    : {}),
});

/** Dates in Shopify have no parts of a second: one that they are compared with must not have any either. */
export const wholeSecond = (timestamp: Instant): Instant =>
  instantOf(Math.floor(millisecondsOf(timestamp) / 1000) * 1000);

/** Refuses an answer with a row that the question had left out: then the filter was passed over. */
export function checkSince({ client }: ReadContext, date: Instant | undefined, since: Instant | undefined): void {
  if (since === undefined || date === undefined || date >= since) return;
  throw client.trouble('unintelligible', {
    doing: 'reading changes',
    found: `a row of ${date} came, older than asked`,
  });
}
