import { z } from 'zod';
import { flag, numberId as id, line, name, quotedValue, title, utcTimestamp } from '../decode.ts';
import { priceText } from '../driver-parts/price.ts';
import { requiredWord } from '../driver-parts/rows/stated-flag.ts';
import { kindOf, reader, refuse } from '../json/value-reader.ts';

const attributeSchema = z.object({ attribute_code: z.string(), value: z.unknown() });
export type AttributeValue = string | { readonly unreadable: string };

/** What stands in `custom_attributes`, by code. What is no text is kept as what it is: lists hold numbers of options. */
const attributes = z.unknown().transform((value): ReadonlyMap<string, AttributeValue> => {
  const found = new Map<string, AttributeValue>();
  for (const entry of Array.isArray(value) ? value : []) {
    const read = attributeSchema.safeParse(entry);
    if (!read.success || read.data.value === null || read.data.value === undefined) continue;
    const isText = typeof read.data.value === 'string' || typeof read.data.value === 'number';
    found.set(read.data.attribute_code, isText ? String(read.data.value) : { unreadable: kindOf(read.data.value) });
  }
  return found;
});

const entrySchema = z.object({ file: z.string(), types: z.array(z.string()).catch([]), disabled: flag.optional() });

/** The path of the picture that stands for the product, else of the first that is shown. */
const picture = z.unknown().transform((value): string | undefined => {
  const entries = (Array.isArray(value) ? value : []).flatMap((entry: unknown) => {
    const read = entrySchema.safeParse(entry);
    return read.success && read.data.disabled !== true ? [read.data] : [];
  });
  return (entries.find(({ types }) => types.includes('image')) ?? entries[0])?.file;
});

/** Nought is the admin's own website. */
const websiteId = reader((value, payload): string => {
  const text = String(value);
  return /^\d{1,20}$/.test(text) ? text : refuse(payload, `is ${quotedValue(value)}, not an id`);
});

/** PHP writes an empty object as an empty list. Where a list that it holds cannot be read, the row cannot: it decides what is sold. */
const extension = z.preprocess(
  (value) => (Array.isArray(value) && value.length === 0 ? undefined : value),
  z.object({ website_ids: z.array(websiteId).nullish(), configurable_product_links: z.array(id).nullish() }).nullish(),
);

/** What says which product it is, and of what kind. */
export const briefSchema = z.object({ id, sku: line, type_id: line.optional() });

export const productSchema = briefSchema.extend({
  name: name.optional(),
  price: priceText.optional(),
  status: requiredWord,
  visibility: line.optional(),
  created_at: utcTimestamp.optional(),
  updated_at: utcTimestamp.optional(),
  media_gallery_entries: picture.optional(),
  custom_attributes: attributes.optional(),
  extension_attributes: extension,
});
export type MagentoProduct = z.infer<typeof productSchema>;

/** The variants of one configurable product, by its number. */
export const childrenSchema = z.array(z.object({ id }));

/** The fields asked for, so that a page stays small. */
export const productFields =
  'id,sku,name,price,status,visibility,type_id,created_at,updated_at,media_gallery_entries[file,types,disabled],custom_attributes,extension_attributes[website_ids,configurable_product_links]';
export const parentFields =
  'id,sku,status,visibility,type_id,updated_at,extension_attributes[website_ids,configurable_product_links]';
export const briefFields = 'id,sku,type_id';

/** The figure is kept as it came: the table holds decimals, and what cannot be read of it is told, not guessed. */
export const sourceItemSchema = z.object({
  sku: z.string(),
  source_code: line,
  quantity: z.unknown(),
  status: line.optional(),
});
export type SourceItem = z.infer<typeof sourceItemSchema>;

/** What the older API says of one product's stock: whether it is counted at all, and the figure where there are no sources. */
export const stockItemSchema = z.object({
  item_id: id.optional().catch(undefined),
  product_id: id.optional().catch(undefined),
  qty: z.unknown(),
  is_in_stock: flag.optional(),
  manage_stock: flag.optional(),
  backorders: line.optional(),
});

export const storeSchema = z.object({
  id: line.optional(),
  code: line,
  website_id: line.optional(),
  base_currency_code: line.optional(),
  timezone: line.optional(),
  base_url: line.optional(),
  secure_base_url: line.optional(),
  base_media_url: line.optional(),
  secure_base_media_url: line.optional(),
});
export type MagentoStore = z.infer<typeof storeSchema>;
export const storeViewSchema = z.object({ id: line.optional(), code: line, name: title.optional() });

export const sourceSchema = z.object({ source_code: line, name: title.optional(), enabled: flag.optional() });
export const stockSchema = z.object({ stock_id: id, name: title.optional() });
export const linkSchema = z.object({ source_code: line });

export const orderItemSchema = z.object({
  item_id: id,
  order_id: id.optional().catch(undefined),
  product_id: id.optional().catch(undefined),
  sku: line.optional(),
  product_type: line.optional(),
  created_at: utcTimestamp.optional(),
  qty_ordered: z.coerce.number().catch(0),
  qty_canceled: z.coerce.number().catch(0),
  qty_refunded: z.coerce.number().catch(0),
  qty_invoiced: z.coerce.number().catch(0),
  qty_shipped: z.coerce.number().catch(0),
});
export const orderItemFields =
  'item_id,order_id,product_id,sku,product_type,created_at,qty_ordered,qty_canceled,qty_refunded,qty_invoiced,qty_shipped';

/** The state is Magento's own; statuses are the shop's, each under a state. */
export const orderSchema = z.object({ entity_id: id, state: line.optional(), status: line.optional() });
