import type { FakeShop } from '../fake-shop.ts';
import type { FakeOrder } from '../shelf.ts';
import { localTime, type Row, withCombinations } from './rows.ts';

const lineFields = [
  ...['id', 'id_order', 'product_id', 'product_attribute_id', 'product_reference', 'product_quantity'],
  ...['product_quantity_refunded', 'product_quantity_return'],
];

/** What orders, their lines and their states show. */
export const orderFields = {
  orders: ['id', 'date_add', 'date_upd', 'valid', 'current_state'],
  order_states: ['id', 'logable', 'paid', 'shipped'],
  order_details: lineFields,
};

/** `valid` says that an order was paid and not called back; a rehearsal never is. */
export const orderRow = (shop: FakeShop, order: FakeOrder): Row => ({
  id: Number(order.id),
  date_add: localTime(shop, order.createdAt),
  date_upd: localTime(shop, order.updatedAt),
  valid: !order.test && (order.status === 'paid' || order.status === 'shipped') ? '1' : '0',
  current_state: order.test ? '8' : (stateIds[order.status] ?? ownState),
});

const stateIds: Readonly<Record<string, string>> = {
  pending: '10',
  paid: '2',
  shipped: '4',
  cancelled: '6',
  refunded: '7',
};
const ownState = '90';
const flags = (id: string, logable: boolean, paid: boolean, shipped: boolean): Row => ({
  id: Number(id),
  logable: logable ? '1' : '0',
  paid: paid ? '1' : '0',
  shipped: shipped ? '1' : '0',
});

/** As installed, and one of the shop's own: whoever made it ticked "shipped" and nothing else, so that its orders are not valid. */
export const orderStateRows: readonly Row[] = [
  flags('2', true, true, false),
  flags('4', true, true, true),
  flags('6', false, false, false),
  flags('7', false, false, false),
  flags('8', false, false, false),
  flags('10', false, false, false),
  flags(ownState, false, false, true),
];

export const orderLineRows = (shop: FakeShop): readonly Row[] =>
  shop.orders.flatMap((order) =>
    order.lines.map((line, at) => {
      const product = shop.find(line.productId);
      const hasVariant = product === undefined || withCombinations(product);
      return {
        id: Number(order.id) * 100 + at,
        id_order: order.id,
        product_id: line.productId,
        product_attribute_id: hasVariant ? (line.variantId ?? '0') : '0',
        product_reference: line.sku ?? '',
        product_quantity: String(line.quantity),
        product_quantity_refunded: String(line.calledBack ?? 0),
        product_quantity_return: String(line.calledBack ?? 0),
      };
    }),
  );
