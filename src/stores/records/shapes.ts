import { z } from 'zod';
import type { TableName } from '../../domain/changes.ts';
import type { Integration, Tombstone } from '../../domain/integration.ts';
import type { Listing, Sale } from '../../domain/listing.ts';
import type { Mark } from '../../domain/mark.ts';
import type { Content, Product, Stock } from '../../domain/product.ts';
import type { LocationStock } from '../../domain/warehouse/location-stock.ts';
import { actor, type FieldsOf, money, ref, text, unreadable, whole } from './base-shapes.ts';
import { plan } from './plan-shape.ts';
import { shop, shopState } from './shop-shapes.ts';

// What each record must be to have its place in the tables and to be shown. Fields that are not named here pass, so
// that a record of a later version of the program is not cut down by this one.
export const content = z.lazy(() =>
  z.looseObject({
    name: text,
    description: text.optional(),
    imageUrl: text.optional(),
    price: money.optional(),
  } satisfies FieldsOf<Content>),
);
export const stock = z.lazy(() =>
  z.looseObject({
    onHand: whole,
    reserved: whole,
    at: text.optional(),
    available: whole.optional(),
    source: text.optional(),
  } satisfies FieldsOf<Stock>),
);
export const product = z.lazy(() =>
  z.looseObject({
    id: text,
    sku: text.optional(),
    formerSkus: z.array(text).optional(),
    gtin: text.optional(),
    origin: text.optional(),
    createdAt: text.optional(),
    contentFrom: ref.optional(),
    content,
    stock,
    cost: money.optional(),
    warehouse: z
      .looseObject({
        source: text,
        key: text,
        hostProductId: text.optional(),
        hostVariantId: text.optional(),
        goneAt: text.optional(),
        sharedAt: text.optional(),
        unreadableSince: text.optional(),
      })
      .optional(),
  } satisfies FieldsOf<Product>),
);
const stockLevel = z.lazy(() =>
  z.looseObject({
    productId: text,
    location: text,
    onHand: whole,
    reserved: whole,
    available: whole,
    source: text,
    at: text,
  } satisfies FieldsOf<LocationStock>),
);
const listingAlone = z.lazy(() =>
  z.looseObject({
    ref,
    activity: text,
    shopSays: text.optional(),
    offBecause: text.optional(),
    sellable: text.optional(),
    sku: text.optional(),
    gtin: text.optional(),
    barcode: text.optional(),
    listedAt: text.optional(),
    changedAt: text.optional(),
    seenIn: text.optional(),
    content,
    stock: z.looseObject({
      tracked: z.boolean(),
      quantity: whole.optional(),
      heldByParent: z.boolean().optional(),
      outOfStock: z.boolean().optional(),
      unreadable: unreadable.optional(),
      locations: z
        .array(z.looseObject({ id: text, quantity: whole.optional(), unreadable: unreadable.optional() }))
        .optional(),
    }),
    unread: z.array(z.looseObject({ part: text, field: text, value: text })).optional(),
    offShow: z.boolean().optional(),
    translation: z.looseObject({ language: text, others: z.array(text) }).optional(),
    unbuyable: z.array(z.looseObject({ why: text, shopSays: text })).optional(),
    hidesAtZero: z.boolean().optional(),
    adminUrl: text.optional(),
    seenAt: text.optional(),
    stockSeenAt: text.optional(),
    goneAt: text.optional(),
    newcomer: z.boolean().optional(),
  } satisfies FieldsOf<Omit<Listing, 'beside'>>),
);
export const listing = z.lazy(() => listingAlone.unwrap().extend({ beside: z.array(listingAlone).optional() }));
export const integration = z.lazy(() =>
  z.looseObject({
    productId: text,
    ref,
    createdAt: text,
    by: actor.optional(),
    how: text.optional(),
    updatedAt: text.optional(),
    refused: z
      .array(z.looseObject({ why: text, at: text, said: text.optional(), location: text.optional() }))
      .optional(),
    pushed: z
      .looseObject({
        quantity: whole,
        at: text,
        locations: z.array(z.looseObject({ id: text, quantity: whole, at: text })).optional(),
      })
      .optional(),
  } satisfies FieldsOf<Integration>),
);
export const tombstone = z.lazy(() =>
  z.looseObject({
    integration,
    at: text,
    by: actor.optional(),
    because: text,
    note: text.optional(),
  } satisfies FieldsOf<Tombstone>),
);
const conflictBase = { ref, since: text };
export const conflict = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.looseObject({
      ...conflictBase,
      kind: z.literal('shop-id-taken'),
      holder: text,
      claimant: text,
      copy: listingAlone.optional(),
    }),
    z.looseObject({ ...conflictBase, kind: z.literal('sku-changed'), holder: text, was: text.optional(), sku: text }),
    z.looseObject({
      ...conflictBase,
      kind: z.literal('product-taken'),
      product: text,
      other: ref,
      by: text.optional(),
    }),
    z.looseObject({ ...conflictBase, kind: z.literal('ambiguous'), candidates: z.array(text).min(2) }),
  ]),
);
const rulingBase = { ref, at: text, by: text, note: text.optional() };
export const ruling = z.lazy(() =>
  z.discriminatedUnion('kind', [
    z.looseObject({ ...rulingBase, kind: z.literal('keep'), settled: text, between: z.array(text) }),
    z.looseObject({ ...rulingBase, kind: z.literal('not-the-same'), productId: text }),
  ]),
);
const sale = z.lazy(() => z.looseObject({ ref, at: text, sku: text.optional() } satisfies FieldsOf<Sale>));
export const mark = z.lazy(() =>
  z.looseObject({
    productId: text,
    shopId: text.optional(),
    kind: text,
    text: text.optional(),
    until: text.optional(),
    at: text.optional(),
    by: text.optional(),
  } satisfies FieldsOf<Mark>),
);
/** The shape of every kind of record. */
export const recordShapes = {
  shops: shop,
  shopStates: shopState,
  products: product,
  stockLevels: stockLevel,
  listings: listing,
  integrations: integration,
  tombstones: tombstone,
  conflicts: conflict,
  rulings: ruling,
  sales: sale,
  marks: mark,
  plans: plan,
} as const satisfies { readonly [Name in TableName]: z.ZodType };
