import { keyOf, placeKey, type RecordKey, refKey, sameRef, type TableName, type Tables } from '../changes.ts';
import type { DomainEvent } from '../event.ts';
import type { Instant, ProductId, ShopId, Sku } from '../ids.ts';
import type { Integration, Tombstone } from '../integration.ts';
import type { Product } from '../product.ts';
import { afterPush, afterRefusal } from '../push/open-refusals.ts';

/** One record written or taken away. */
export type Edit = {
  [Name in TableName]:
    | { readonly table: Name; readonly put: Tables[Name] }
    | { readonly table: Name; readonly drop: RecordKey };
}[TableName];

/** What an event may need to know of the record that it changes. */
export type CurrentRecords = {
  product(id: ProductId): Product | undefined;
  integrationOf(id: ProductId, shopId: ShopId): Integration | undefined;
  tombstoneOf(id: ProductId, shopId: ShopId): Tombstone | undefined;
};

const changedProduct = (current: CurrentRecords, id: ProductId, change: Partial<Product>): Edit => {
  const product = current.product(id);
  if (product === undefined) throw new Error(`an event about a product that was not gathered: ${id}`);
  return { table: 'products', put: { ...product, ...change } };
};

/** Whether the warehouse has it; of a product that another warehouse knows by now it says nothing. */
function changedWarehouseLink(
  current: CurrentRecords,
  { productId, source }: { readonly productId: ProductId; readonly source: string },
  goneAt: Instant | undefined,
): readonly Edit[] {
  const link = current.product(productId)?.warehouse;
  return link?.source === source ? [changedProduct(current, productId, { warehouse: { ...link, goneAt } })] : [];
}

/** A product with a new item number, and with the old one among those it had. */
function renamed(product: Product | undefined, sku: Sku): Partial<Product> {
  const former = [...(product?.formerSkus ?? []), product?.sku].filter((one) => one !== undefined && one !== sku);
  return { sku, formerSkus: former.length === 0 ? undefined : [...new Set(former.filter((one) => one !== undefined))] };
}

/** Traffic over a link that has gone in the meantime changes nothing. */
const changedIntegration = (integration: Integration | undefined, change: Partial<Integration>): readonly Edit[] =>
  integration === undefined ? [] : [{ table: 'integrations', put: { ...integration, ...change } }];

/** What a shop took, beside what its other locations were told before. */
function pushedEdit(
  integration: Integration | undefined,
  event: Extract<DomainEvent, { readonly type: 'stock-pushed' }>,
): readonly Edit[] {
  const { quantity, at, shopLocation } = event;
  const open = afterPush(integration, event);
  if (shopLocation === undefined) return changedIntegration(integration, { pushed: { quantity, at }, ...open });
  const { id, inAll } = shopLocation;
  const others = (integration?.pushed?.locations ?? []).filter((one) => one.id !== id);
  return changedIntegration(integration, {
    pushed: { quantity: inAll, at, locations: [...others, { id, quantity, at }] },
    ...open,
  });
}

/** A link that stands again at the same listing needs no trace of its removal any more; at another one it does. */
function restoredAt({ productId, ref }: Integration, current: CurrentRecords): readonly Edit[] {
  const tombstone = current.tombstoneOf(productId, ref.shopId);
  if (tombstone === undefined || !sameRef(tombstone.integration.ref, ref)) return [];
  return [{ table: 'tombstones', drop: placeKey(productId, ref.shopId) }];
}

/** What an event means for the records. The only such place: records and history are written from the same events. */
export function editsFor(event: DomainEvent, current: CurrentRecords): readonly Edit[] {
  switch (event.type) {
    case 'product-created':
      return [{ table: 'products', put: event.product }];
    case 'product-updated':
      return [
        changedProduct(current, event.productId, {
          content: event.content,
          ...(event.from === undefined ? {} : { contentFrom: event.from }),
          ...(event.gtin === undefined ? {} : { gtin: event.gtin.now }),
        }),
        ...(event.from === undefined
          ? []
          : changedIntegration(current.integrationOf(event.productId, event.from.shopId), { updatedAt: event.at })),
      ];
    case 'product-renamed':
      return [changedProduct(current, event.productId, renamed(current.product(event.productId), event.sku))];
    case 'integration-created':
      return [{ table: 'integrations', put: event.integration }, ...restoredAt(event.integration, current)];
    case 'integration-removed':
      return [
        { table: 'integrations', drop: keyOf.integrations(event.integration) },
        {
          table: 'tombstones',
          put: {
            integration: event.integration,
            at: event.at,
            by: event.by,
            because: event.because,
            note: event.note,
          },
        },
      ];
    case 'conflict-found':
      return [{ table: 'conflicts', put: event.conflict }];
    case 'conflict-cleared':
      return [{ table: 'conflicts', drop: refKey(event.conflict.ref) }];
    case 'listing-gone':
      return [{ table: 'listings', put: { ...event.listing, goneAt: event.at } }];
    case 'stock-changed':
      return [changedProduct(current, event.productId, { stock: event.stock })];
    case 'gone-from-warehouse':
      return changedWarehouseLink(current, event, event.at);
    case 'back-in-warehouse':
      return changedWarehouseLink(current, event, undefined);
    case 'stock-pushed':
      return pushedEdit(current.integrationOf(event.productId, event.ref.shopId), event);
    case 'push-refused': {
      const link = current.integrationOf(event.productId, event.shopId);
      return changedIntegration(link, afterRefusal(link, event) ?? {});
    }
    case 'marked':
      return [{ table: 'marks', put: event.mark }];
    case 'unmarked':
      return [{ table: 'marks', drop: keyOf.marks(event.mark) }];
    case 'ruled':
      return [{ table: 'rulings', put: event.ruling }];
    case 'unruled':
      return [{ table: 'rulings', drop: keyOf.rulings(event.ruling) }];
    case 'shop-added':
    case 'shop-changed':
      return [{ table: 'shops', put: event.shop }];
    case 'shop-removed':
      return [
        { table: 'shops', drop: event.shop.id },
        { table: 'shopStates', drop: event.shop.id },
      ];
    case 'activity-changed':
    case 'product-fetched':
    case 'run-finished':
    case 'sync-answered':
    case 'undone':
      return [];
    default:
      return event satisfies never;
  }
}
