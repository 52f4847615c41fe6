import type { Instant } from '../../../domain/ids.ts';
import { parseSku } from '../../../domain/ids.ts';
import type { Sale } from '../../../domain/listing.ts';
import type { SalesPage } from '../../../ports/shop-connector.ts';
import { readRows } from '../../decode.ts';
import { isNamedUnsold } from '../../driver-parts/newest-sales.ts';
import { orderLines, ordersPage } from '../documents.ts';
import { toGid } from '../ids.ts';
import { refOf } from '../map.ts';
import { type WireLine, type WireOrder, wireLine, wireOrder, wireOrderLines, wireOrdersPage } from '../schema.ts';
import { counted, cursorOf, type Place, placeOf } from './cursor.ts';
import { allPages, cameAgain, nextCursor } from './next-page.ts';
import { checkSince, type ReadContext, wholeSecond } from './query-listings.ts';
import { atOrAfter } from './search.ts';

/** Orders asked for before the shop has said what they cost. */
const ordersAtFirst = 25;

const doing = 'reading orders';

type Request = { readonly since: Instant; readonly cursor?: string };

/**
 * The last sale of each listing in one page of orders. A line whose variant was deleted since tells nothing:
 * nobody can say which listing it was.
 */
export async function readSales(context: ReadContext, request: Request, signal: AbortSignal): Promise<SalesPage> {
  const since = wholeSecond(request.since);
  const place: Place = placeOf(request.cursor, since) ?? { part: 'orders', since };
  const { data } = await context.client.ask(
    {
      document: ordersPage,
      schema: wireOrdersPage,
      variables: { query: atOrAfter('created_at', since), after: place.after },
      rows: ordersAtFirst,
      doing,
    },
    signal,
  );
  const sales = new Map<string, Sale>();
  const orders = readRows(wireOrder, data.orders.nodes).rows;
  for (const order of orders) {
    checkSince(context, order.createdAt, since);
    if (order.test || order.cancelledAt !== undefined || !isSale(order, context)) continue;
    for (const line of await linesOf(context, order, signal)) keepLatest(sales, saleOf(context, order, line));
  }
  const after = nextCursor(context, data.orders.pageInfo, place.after);
  const next =
    after === undefined
      ? undefined
      : {
          ...place,
          after,
          ...goingOn(context, orders, place),
          ...counted(context, place, data.orders.nodes.length),
        };
  return { sales: [...sales.values()], ...(next === undefined ? {} : { next: cursorOf(next) }) };
}

/** Where a page leaves off. Pages go forward in time, so one that begins earlier, or as the page before did, is shown again. */
function goingOn({ client }: ReadContext, orders: readonly WireOrder[], place: Place): Pick<Place, 'first' | 'last'> {
  const [first] = orders;
  const began = first?.createdAt;
  const isBack = began !== undefined && place.last !== undefined && began < place.last;
  if (isBack || (first !== undefined && first.id === place.first)) {
    throw cameAgain(client, doing);
  }
  return { first: first?.id, last: orders.at(-1)?.createdAt ?? place.last };
}

/** Payments that never came, or went back. */
const notPaid = ['EXPIRED', 'VOIDED', 'REFUNDED'];

/** What is to be paid later is a sale once it was sent; what a person named as none by either word is not. */
const isSale = (
  { displayFinancialStatus: paid, displayFulfillmentStatus: sent }: WireOrder,
  { shop }: ReadContext,
): boolean =>
  !notPaid.includes(paid ?? '') &&
  !(paid === 'PENDING' && (sent ?? 'UNFULFILLED') === 'UNFULFILLED') &&
  !isNamedUnsold(shop, [paid ?? undefined, sent ?? undefined]);

async function linesOf(context: ReadContext, order: WireOrder, signal: AbortSignal): Promise<readonly WireLine[]> {
  const lines = [...readRows(wireLine, order.lineItems.nodes).rows];
  const second = nextCursor(context, order.lineItems.pageInfo, undefined);
  if (second === undefined) return lines;
  await allPages(context, async (after = second) => {
    const { data } = await context.client.ask(
      {
        document: orderLines,
        schema: wireOrderLines,
        variables: { id: toGid('Order', order.id), after },
        doing,
      },
      signal,
    );
    if (data.node === null) return undefined;
    const { nodes, pageInfo } = data.node.lineItems;
    lines.push(...readRows(wireLine, nodes).rows);
    return { rows: nodes.length, next: nextCursor(context, pageInfo, after) };
  });
  return lines;
}

function saleOf({ shop }: ReadContext, order: WireOrder, line: WireLine): Sale | undefined {
  if (line.variant === null || line.product === null || line.currentQuantity <= 0 || order.createdAt === undefined) {
    return undefined;
  }
  const sku = parseSku(line.sku ?? '');
  return {
    ref: refOf(shop.id, line.product.id, line.variant.id),
    at: order.createdAt,
    sku,
  };
}

function keepLatest(sales: Map<string, Sale>, sale: Sale | undefined): void {
  if (sale === undefined) return;
  const key = `${sale.ref.shopProductId}/${sale.ref.shopVariantId}`;
  const known = sales.get(key);
  if (known === undefined || known.at < sale.at) sales.set(key, sale);
}
