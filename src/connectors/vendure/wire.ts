import { z } from 'zod';
import { flag, id, line, multilineText, name, timestamp, wholeNumber } from '../decode.ts';
import { figure } from '../driver-parts/figures.ts';
import { requiredFlag } from '../driver-parts/rows/stated-flag.ts';

const asset = z.object({ preview: line.optional() }).nullish();

export const channelSchema = z.object({
  id,
  code: line.optional(),
  token: line,
  defaultCurrencyCode: line.optional(),
  trackInventory: flag.optional(),
  outOfStockThreshold: wholeNumber.optional(),
});
export type VendureChannel = z.infer<typeof channelSchema>;

const settingsSchema = z.looseObject({
  activeChannel: z.looseObject({}),
  globalSettings: z.looseObject({ trackInventory: z.unknown(), outOfStockThreshold: z.unknown() }),
});

/** An answer whose channel says what the global settings say, where they are told. */
export function withSettings(data: unknown): unknown {
  const read = settingsSchema.safeParse(data);
  if (!read.success) return data;
  const { activeChannel, globalSettings, ...rest } = read.data;
  const { trackInventory = activeChannel.trackInventory, outOfStockThreshold = activeChannel.outOfStockThreshold } =
    globalSettings;
  return { ...rest, activeChannel: { ...activeChannel, trackInventory, outOfStockThreshold } };
}

/** An answer that names its channel, as every question asks for. */
const withChannel = z.object({ activeChannel: channelSchema });

export const productSchema = z.object({
  id,
  name: name.optional(),
  enabled: requiredFlag,
  description: multilineText.optional(),
  createdAt: timestamp.optional(),
  updatedAt: timestamp.optional(),
  featuredAsset: asset,
  optionGroups: z.array(z.object({ id })).optional(),
});
export type VendureProduct = z.infer<typeof productSchema>;

const levelSchema = z.object({ stockLocationId: id, stockOnHand: figure, stockAllocated: figure });

/** A variant as far as its stock goes. */
export const stockSchema = z.object({
  id,
  productId: id,
  sku: line.optional(),
  trackInventory: line.optional(),
  stockLevels: z.array(levelSchema),
});
export type VendureStock = z.infer<typeof stockSchema>;

export const variantSchema = stockSchema.extend({
  name: name.optional(),
  enabled: requiredFlag,
  outOfStockThreshold: wholeNumber.optional(),
  useGlobalOutOfStockThreshold: flag.optional(),
  priceWithTax: wholeNumber.optional(),
  currencyCode: line.optional(),
  createdAt: timestamp.optional(),
  updatedAt: timestamp.optional(),
  featuredAsset: asset,
  customFields: z.object({ barcode: line.optional() }).nullish(),
  product: productSchema,
});
export type VendureVariant = z.infer<typeof variantSchema>;

/** Rows stay raw: each is read by itself, so that one that nobody can read does not take the page with it. */
export const listSchema = withChannel.extend({
  list: z.object({ totalItems: z.number().int().optional().catch(undefined), items: z.array(z.unknown()) }),
});

export const oneProductSchema = withChannel.extend({ product: z.unknown() });

export const locationsSchema = withChannel.extend({
  stockLocations: z.object({ totalItems: z.number(), items: z.array(z.object({ id, name: line.optional() })) }),
});
export type VendureLocation = z.infer<typeof locationsSchema>['stockLocations']['items'][number];

export const orderSchema = z.object({
  id,
  state: line.optional(),
  orderPlacedAt: timestamp.optional(),
  lines: z
    .array(
      z.object({
        quantity: wholeNumber.optional(),
        productVariant: z.object({ id, productId: id, sku: line.optional() }).nullish(),
      }),
    )
    .catch([]),
});
export type VendureOrder = z.infer<typeof orderSchema>;

export const whoSchema = z.object({
  activeChannel: channelSchema.extend({ seller: z.object({ name: line.optional() }).nullish() }),
});

export const loginSchema = z.object({
  login: z.object({ errorCode: line.optional(), message: line.optional() }),
});

const errorSchema = z.object({
  message: z.string().catch(''),
  extensions: z
    .object({ code: z.string().optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
export const envelopeSchema = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(errorSchema).optional(),
});
export type VendureError = z.infer<typeof errorSchema>;
