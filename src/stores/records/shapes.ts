import { z } from 'zod';
import type { TableName } from '../../domain/changes.ts';

// What each record must be to have its place in the tables and to be shown. Fields that are not named here pass, so
// that a record of a later version of the program is not cut down by this one.
const text = z.string();
const whole = z.number();
const money = z.looseObject({ minor: whole, currency: text });
export const actor = z.looseObject({ kind: z.enum(['person', 'program']), name: text });
export const ref = z.looseObject({ shopId: text, shopProductId: text, shopVariantId: text.optional() });
export const content = z.looseObject({
  name: text,
  description: text.optional(),
  imageUrl: text.optional(),
  price: money.optional(),
});
export const stock = z.looseObject({ onHand: whole, reserved: whole, at: text.optional() });

export const shop = z.looseObject({
  id: text,
  name: text,
  platform: text,
  url: text,
  owner: z.looseObject({ name: text, skuPostfix: text }).optional(),
  negative: z.enum(['send', 'hold-at-zero']).optional(),
  paused: z.boolean().optional(),
  locations: z.array(text).optional(),
  shopLocations: z.array(z.looseObject({ id: text, name: text.optional(), from: z.array(text) })).optional(),
});
const shopState = z.looseObject({
  shopId: text,
  run: z.looseObject({ id: text, kind: text, status: text, startedAt: text }).optional(),
  watermark: text.optional(),
});
export const product = z.looseObject({
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
});
const stockLevel = z.looseObject({
  productId: text,
  location: text,
  onHand: whole,
  reserved: whole,
  available: whole,
  source: text,
  at: text,
});
const listingAlone = z.looseObject({
  ref,
  activity: text,
  shopSays: text.optional(),
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
    locations: z.array(z.looseObject({ id: text, quantity: whole.optional() })).optional(),
  }),
  seenAt: text.optional(),
  goneAt: text.optional(),
});
export const listing = listingAlone.extend({ beside: z.array(listingAlone).optional() });
export const integration = z.looseObject({
  productId: text,
  ref,
  createdAt: text,
  by: actor.optional(),
  how: text.optional(),
  updatedAt: text.optional(),
  pushed: z
    .looseObject({
      quantity: whole,
      at: text,
      locations: z.array(z.looseObject({ id: text, quantity: whole, at: text })).optional(),
    })
    .optional(),
});
export const tombstone = z.looseObject({
  integration,
  at: text,
  by: actor.optional(),
  because: text,
  note: text.optional(),
});
const conflictBase = { ref, since: text };
export const conflict = z.discriminatedUnion('kind', [
  z.looseObject({ ...conflictBase, kind: z.literal('shop-id-taken'), holder: text, claimant: text }),
  z.looseObject({ ...conflictBase, kind: z.literal('sku-changed'), holder: text, sku: text }),
  z.looseObject({ ...conflictBase, kind: z.literal('product-taken'), product: text, other: ref }),
  z.looseObject({ ...conflictBase, kind: z.literal('ambiguous'), candidates: z.array(text).min(2) }),
]);
export const ruling = z.discriminatedUnion('kind', [
  z.looseObject({ ref, at: text, by: text, kind: z.literal('keep'), settled: text, between: z.array(text) }),
  z.looseObject({ ref, at: text, by: text, kind: z.literal('not-the-same'), productId: text }),
]);
const sale = z.looseObject({ ref, at: text, sku: text.optional() });
export const mark = z.looseObject({
  productId: text,
  shopId: text.optional(),
  kind: text,
  text: text.optional(),
  until: text.optional(),
  at: text.optional(),
  by: text.optional(),
});
const plan = z.looseObject({ id: text, madeAt: text, rows: z.array(z.looseObject({ productId: text, shopId: text })) });

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
