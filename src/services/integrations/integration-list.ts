import type { ProductId, ShopId } from '../../domain/ids.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import { integrationRows, rowsOfProducts } from './integration-rows.ts';
import type { IntegrationFilter, IntegrationPage } from './integration-service.ts';

export type IntegrationQuery = {
  readonly filter: IntegrationFilter;
  readonly text?: string;
  readonly productIds?: readonly ProductId[];
  readonly offset: number;
  readonly limit: number;
};

/** Rows that are put together at a time, however many are asked for. */
const pageSize = 1_000;
/** Lines that are asked for at a time: each page is found by going through all that come before it. */
const linesAtOnce = 200_000;

/** A page of a shop's links, and of the places where one is missing, each of those with its top cause. */
export async function integrationsOn(
  deps: ServiceDependencies,
  shopId: ShopId,
  { filter, text, productIds, offset, limit }: IntegrationQuery,
): Promise<IntegrationPage> {
  const { store } = deps;
  const at = deps.clock.now();
  const counts = await store.lineCounts(shopId, at);
  const shop = (await store.shops()).find(({ id }) => id === shopId);
  if (shop === undefined) return { rows: [], total: 0, offset, counts };
  if (productIds !== undefined) {
    const rows = await rowsOfProducts(deps, shop, productIds);
    return { rows: rows.slice(offset, offset + limit), total: rows.length, offset, counts };
  }
  const rows: IntegrationPage['rows'][number][] = [];
  for (;;) {
    const asked = Math.min(linesAtOnce, limit - rows.length);
    const from = offset + rows.length;
    const page = await store.shopLines({ shopId, filter, text, at, offset: from, limit: asked });
    for (let place = 0; place < page.lines.length; place += pageSize)
      rows.push(...(await integrationRows(deps, shop, page.lines.slice(place, place + pageSize))));
    const isEnd = page.lines.length < asked || rows.length >= limit;
    if (isEnd) return { rows, total: page.total, orMore: page.orMore, offset, counts };
  }
}
