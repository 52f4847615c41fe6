import type { z } from 'zod';
import type { Instant } from '../../domain/ids.ts';
import type { BrokenRow } from '../../ports/shop-connector.ts';
import { ShopError } from '../../ports/shop-error.ts';
import { toldLocations } from '../driver-parts/locations/told-locations.ts';
import { listStart, type OffsetPlace, offsetPage, rawId } from '../driver-parts/offset-pages.ts';
import { readVariantRows } from '../driver-parts/rows/variant-rows.ts';
import { makeRowCounter } from '../reading/reading-bounds.ts';
import type { VendureApi } from './api.ts';
import { allLocations } from './locations.ts';
import { listSchema, type VendureChannel } from './wire.ts';

export type List<Row> = {
  readonly document: string;
  readonly schema: z.ZodType<Row>;
  readonly filter?: Readonly<Record<string, unknown>>;
  readonly sort?: Readonly<Record<string, 'ASC' | 'DESC'>>;
  readonly take?: number;
  readonly doing: string;
  readonly needs: string;
};

export type ListPage<Row> = {
  readonly rows: readonly Row[];
  readonly broken: readonly BrokenRow[];
  readonly next?: OffsetPlace;
  readonly total?: number;
  readonly channel: VendureChannel;
  readonly asOf: Instant;
  /** The locations that are told a figure each, where the shop is told at several. */
  readonly told?: readonly string[];
};

export const defaultTake = 100;

/** How many rows a shop lets one question take, once it has said so. */
const limits = new WeakMap<VendureApi, number>();

/** One page of a list. Vendure has no "after this row", so it goes by position, as `offsetPage` does. */
export async function listPage<Row>(
  api: VendureApi,
  list: List<Row>,
  place: OffsetPlace,
  signal: AbortSignal,
): Promise<ListPage<Row>> {
  const { doing } = list;
  const ask = async (offset: number) => {
    const { data, asOf } = await askRows(api, list, offset, signal);
    return { rows: data.list.items, total: data.list.totalItems, channel: data.activeChannel, asOf };
  };
  const stuck = (found: string) => api.trouble('unintelligible', { doing, found, distrusted: true });
  const { answer, fresh, next } = await offsetPage({ ask, keyOf: rawId, stuck }, place);
  const { rows, broken } = readVariantRows(list.schema, fresh, 'productId');
  const told = await toldLocations(api, (waiting) => allLocations(api, waiting), signal);
  return { rows, broken, next, total: answer.total, channel: answer.channel, asOf: answer.asOf, told };
}

async function askRows(api: VendureApi, list: List<unknown>, skip: number, signal: AbortSignal) {
  const { document, filter, sort = { id: 'ASC' }, doing, needs, take = defaultTake } = list;
  const options = {
    take: Math.min(take, limits.get(api) ?? take),
    skip,
    sort,
    filter,
  };
  const question = { document, variables: { options }, schema: listSchema, doing, needs };
  try {
    return await api.ask(question, signal);
  } catch (error) {
    const limit = limitIn(error);
    if (limit === undefined || limit >= options.take) throw error;
    // The shop's own `adminListQueryLimit`.
    limits.set(api, limit);
    return api.ask({ ...question, variables: { options: { ...options, take: limit } } }, signal);
  }
}

function limitIn(error: unknown): number | undefined {
  const said = error instanceof ShopError && error.kind === 'refused' ? (error.detail.said ?? '') : '';
  const limit = Number(/take more than (\d+)/i.exec(said)?.[1] ?? 0);
  return limit > 0 ? limit : undefined;
}

/** A whole list in one go, for what is small: variants of one product, or with one SKU. A row that cannot be read is an error. */
export async function wholeList<Row>(
  api: VendureApi,
  list: List<Row>,
  signal: AbortSignal,
): Promise<readonly ListPage<Row>[]> {
  const pages: ListPage<Row>[] = [];
  const count = makeRowCounter();
  let place: OffsetPlace | undefined = listStart;
  while (place !== undefined) {
    const page: ListPage<Row> = await listPage(api, list, place, signal);
    pages.push(page);
    const endless = count(page.rows.length + page.broken.length);
    if (endless !== undefined) throw api.trouble('unintelligible', { doing: list.doing, ...endless });
    place = page.next;
  }
  return pages;
}
