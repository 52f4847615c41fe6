import { z } from 'zod';
import { instantOf } from '../../domain/ids.ts';
import { flag, numberId as id, line, multilineText, name, timestamp, title, wholeNumber } from '../decode.ts';
import { priceText } from '../driver-parts/price.ts';
import { pieces } from '../driver-parts/rows/sold-pieces.ts';
import { requiredFlag, requiredWord } from '../driver-parts/rows/stated-flag.ts';

/** Ids are whole numbers: another text names nothing here and is not asked about. */
export const isId = (text: string): boolean => /^[1-9]\d{0,15}$/.test(text);

/** A figure of stock: a whole number, nothing, or what stood there and is none. */
const figure = z.unknown().transform((value): { readonly quantity?: number; readonly unreadable?: string } => {
  const read = wholeNumber.safeParse(value);
  if (read.success) return { quantity: read.data };
  return { unreadable: (line.safeParse(value).data ?? typeof value).slice(0, 40) };
});

const reference = z.unknown().transform((value): string | undefined => {
  const read = id.safeParse(value);
  return read.success ? read.data : undefined;
});

const choices = z
  .array(z.object({ label: title.optional() }))
  .catch([])
  .transform((values) => values.flatMap(({ label }) => label ?? []));

export const variantSchema = z.object({
  id,
  product_id: reference.optional(),
  sku: line.optional(),
  price: priceText.optional(),
  calculated_price: priceText.optional(),
  purchasing_disabled: flag.optional(),
  purchasing_disabled_message: line.optional(),
  image_url: line.optional(),
  upc: line.optional(),
  gtin: line.optional(),
  inventory_level: figure.optional(),
  option_values: choices.optional(),
});
export type Variant = z.infer<typeof variantSchema>;

/** Variants are read one by one, so that one that nobody can read does not take the others along. */
const productFields = z.object({
  id,
  name: name.optional(),
  type: line.optional(),
  sku: line.optional(),
  description: multilineText.optional(),
  price: priceText.optional(),
  calculated_price: priceText.optional(),
  is_price_hidden: flag.optional(),
  inventory_level: figure.optional(),
  inventory_tracking: line.optional(),
  is_visible: requiredFlag,
  availability: requiredWord,
  upc: line.optional(),
  gtin: line.optional(),
  base_variant_id: reference.optional(),
  primary_image: z.object({ url_standard: line.optional(), url_zoom: line.optional() }).nullish().catch(undefined),
  variants: z.array(z.unknown()).optional().catch(undefined),
  date_created: timestamp.optional(),
  date_modified: timestamp.optional(),
});
/** Left out where they were asked for, variants are not known: without them a product with a choice would have none. */
export const productSchema = productFields.superRefine(({ base_variant_id, variants }, context) => {
  if (variants !== undefined || base_variant_id !== undefined) return;
  context.addIssue({ code: 'custom', path: ['variants'], message: 'is no list' });
});
export type Product = z.infer<typeof productSchema>;

/** What lies of one thing at one location. On hand is what is counted; a safety stock is held back from sale. */
export const locationItemSchema = z.object({
  identity: z.object({ variant_id: reference.optional(), product_id: reference.optional(), sku: line.optional() }),
  total_inventory_onhand: figure.optional(),
  available_to_sell: figure.optional(),
});
export type LocationItem = z.infer<typeof locationItemSchema>;

export const locationSchema = z.object({
  id,
  label: title.optional(),
  code: line.optional(),
  enabled: flag.optional(),
});
export type Location = z.infer<typeof locationSchema>;

export const adjustedSchema = z.object({ transaction_id: line.optional() });

/** "Wed, 10 Jan 2018 21:05:30 +0000", as v2 writes moments. */
const mailMoment = z.unknown().transform((value) => {
  const at = typeof value === 'string' && /^[A-Z][a-z]{2}, /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? undefined : instantOf(at);
});

const orderLine = z.object({
  product_id: reference.optional(),
  variant_id: reference.optional(),
  sku: line.optional(),
  quantity: pieces.optional(),
  quantity_refunded: pieces.optional(),
});
const consignment = z.object({ line_items: z.array(orderLine).catch([]) });
const lines = z.array(consignment).catch([]);
export const orderSchema = z.object({
  id,
  status_id: z.number().optional().catch(undefined),
  status: line.optional().catch(undefined),
  /** What this shop calls that state. */
  custom_status: line.optional().catch(undefined),
  payment_status: line.optional().catch(undefined),
  is_deleted: flag.optional(),
  date_created: mailMoment.optional(),
  consignments: z
    .object({ shipping: lines, pickups: lines, downloads: lines })
    .transform(({ shipping, pickups, downloads }) => [...shipping, ...pickups, ...downloads])
    .catch([]),
});
export type Order = z.infer<typeof orderSchema>;

export const storeSchema = z.object({
  id: line,
  name: title.optional(),
  currency: line.optional(),
  timezone: z.object({ name: line.optional() }).optional().catch(undefined),
});
