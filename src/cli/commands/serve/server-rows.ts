import type { Instant, ShopId } from '../../../domain/ids.ts';
import type { ServerReport, ServerTask } from '../../../domain/servers/server-report.ts';

/** One shop, or the warehouse, as servers see it: what is done there now, and what comes next. */
export type ServerRow = {
  /** Absent: the warehouse. */
  readonly shopId?: ShopId;
  readonly machine: string;
  readonly doing?: { readonly what: ServerTask; readonly since: Instant };
  readonly next?: { readonly what: ServerTask; readonly at: Instant };
  readonly paused: boolean;
};

/** A line a shop, and one for the warehouse where there is work in it; in the order of the shops. */
export function serverRows(
  { machine, doing, next, paused }: ServerReport,
  shops: readonly ShopId[],
): readonly ServerRow[] {
  const works = (shopId: ShopId | undefined): boolean => [...doing, ...next].some((one) => one.shopId === shopId);
  const places: readonly (ShopId | undefined)[] = [...shops, ...(works(undefined) ? [undefined] : [])];
  return places.map((shopId) => ({
    shopId,
    machine,
    doing: doing.find((one) => one.shopId === shopId),
    next: next.find((one) => one.shopId === shopId),
    paused: shopId !== undefined && paused.includes(shopId),
  }));
}
