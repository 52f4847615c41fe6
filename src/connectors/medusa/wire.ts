import { z } from 'zod';
import { flag, id, line, multilineText, name, timestamp, title } from '../decode.ts';
import { figure } from '../driver-parts/figures.ts';
import { priceText } from '../driver-parts/price.ts';
import { pieces } from '../driver-parts/rows/sold-pieces.ts';
import { requiredFlag, requiredWord } from '../driver-parts/rows/stated-flag.ts';

export const problemSchema = z.object({ type: line.optional(), message: line.optional() });

const levelSchema = z.object({ location_id: id, stocked_quantity: figure, reserved_quantity: figure });

const itemSchema = z.object({
  inventory_item_id: id,
  required_quantity: figure.optional(),
  inventory: z.object({ location_levels: z.array(levelSchema).nullish() }).nullish(),
});

/** A variant as far as its stock goes. */
export const stockSchema = z.object({
  id,
  product_id: id.optional(),
  sku: line.optional(),
  manage_inventory: requiredFlag,
  allow_backorder: flag.optional(),
  inventory_items: z.array(itemSchema).nullish(),
});
export type MedusaStock = z.infer<typeof stockSchema>;

const priceSchema = z.object({
  amount: priceText.optional(),
  currency_code: line.optional(),
  min_quantity: line.optional(),
  rules: z.record(z.string(), z.unknown()).nullish(),
});

const channels = z.array(z.object({ name: line.optional() }).nullish()).nullish();

const productOnlySchema = z.object({
  id,
  title: name.optional(),
  status: requiredWord,
  description: multilineText.optional(),
  thumbnail: line.optional(),
  is_giftcard: flag.optional(),
  created_at: timestamp.optional(),
  updated_at: timestamp.optional(),
  sales_channels: channels,
});
export type MedusaProduct = z.infer<typeof productOnlySchema>;

export const variantSchema = stockSchema.extend({
  title: name.optional(),
  barcode: line.optional(),
  ean: line.optional(),
  upc: line.optional(),
  created_at: timestamp.optional(),
  updated_at: timestamp.optional(),
  prices: z.array(priceSchema).nullish(),
});
export type MedusaVariant = z.infer<typeof variantSchema>;

export const variantWithProductSchema = variantSchema.extend({ product_id: id, product: productOnlySchema });

/** Its variants stay raw: each is read by itself, so that one that nobody can read does not take the product with it. */
export const productSchema = productOnlySchema.extend({ variants: z.array(z.unknown()) });

const stockFieldNames = [
  'id',
  'product_id',
  'sku',
  'manage_inventory',
  'allow_backorder',
  'inventory_items.inventory_item_id',
  'inventory_items.required_quantity',
  'inventory_items.inventory.location_levels.location_id',
  'inventory_items.inventory.location_levels.stocked_quantity',
  'inventory_items.inventory.location_levels.reserved_quantity',
];
const productFieldNames = [
  'id',
  'title',
  'status',
  'description',
  'thumbnail',
  'is_giftcard',
  'created_at',
  'updated_at',
  'sales_channels.name',
];
const variantFieldNames = [
  ...stockFieldNames,
  'title',
  'barcode',
  'ean',
  'upc',
  'created_at',
  'updated_at',
  'prices.amount',
  'prices.currency_code',
  'prices.min_quantity',
];

// A name that Medusa does not know is left out of the answer without a word: the schemas notice what is needed.
export const stockFields = stockFieldNames.join(',');
export const targetFields = [...stockFieldNames, 'product.id', 'product.status', 'product.is_giftcard'].join(',');
export const productFields = [...productFieldNames, ...variantFieldNames.map((name) => `variants.${name}`)].join(',');
export const variantFields = [...variantFieldNames, ...productFieldNames.map((name) => `product.${name}`)].join(',');

export const targetSchema = stockSchema.extend({
  product_id: id,
  product: z.object({ id, status: requiredWord, is_giftcard: flag.optional() }),
});
export type MedusaTarget = z.infer<typeof targetSchema>;

const count = z.number().int().optional().catch(undefined);
export const productListSchema = z.object({ products: z.array(z.unknown()), count });
export const variantListSchema = z.object({ variants: z.array(z.unknown()), count });
export const orderListSchema = z.object({ orders: z.array(z.unknown()), count });
export const oneProductSchema = z.object({ product: z.unknown() });

export const orderFields =
  'id,status,payment_status,fulfillment_status,created_at,canceled_at,is_draft_order,items.product_id,items.variant_id,items.variant_sku,items.quantity';
export const orderSchema = z.object({
  id,
  status: line.optional(),
  payment_status: line.optional(),
  fulfillment_status: line.optional(),
  created_at: timestamp.optional(),
  canceled_at: line.optional(),
  is_draft_order: flag.optional(),
  items: z
    .array(
      z.object({
        product_id: line.optional(),
        variant_id: line.optional(),
        variant_sku: line.optional(),
        quantity: pieces.optional(),
      }),
    )
    .catch([]),
});
export type MedusaOrder = z.infer<typeof orderSchema>;

export const storesSchema = z.object({
  stores: z
    .array(
      z.object({
        id,
        name: title.optional(),
        supported_currencies: z
          .array(z.object({ currency_code: line.optional(), is_default: flag.optional() }))
          .nullish(),
      }),
    )
    .min(1),
});
export type MedusaStore = z.infer<typeof storesSchema>['stores'][number];

export const locationsSchema = z.object({
  stock_locations: z.array(z.object({ id, name: line.optional() })),
  count,
});
export type MedusaLocation = z.infer<typeof locationsSchema>['stock_locations'][number];

/** A written batch. What it says of the figures is not believed: they are read again. */
export const writtenSchema = z.object({ updated: z.array(z.unknown()) });
