import { z } from 'zod';
import { figure, line, multilineText, name, timestamp } from '../decode.ts';
import { priceText } from '../driver-parts/price.ts';
import { requiredWord as word } from '../driver-parts/rows/stated-flag.ts';
import { levelAlias } from './documents.ts';
import { type GidKind, parseShopifyId } from './ids.ts';

/** The part of Shopify's answers that is read, field by field, and nothing else. */

export const gid = (kind: GidKind) =>
  z.string().transform((text, context): string => {
    const id = text.startsWith('gid://') ? parseShopifyId(kind, text) : undefined;
    if (id !== undefined) return id;
    context.addIssue(`is no id of a ${kind}`);
    return z.NEVER;
  });

/** What is worth showing and decides nothing. */
const spareLine = line.catch(undefined);

const wirePageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });
/** A page whose rows are read one by one, so that a row nobody can read does not take the others with it. */
const wirePage = z.object({ nodes: z.array(z.unknown()), pageInfo: wirePageInfo });

const wireImage = z
  .object({ preview: z.object({ image: z.object({ url: line }).nullish() }).nullish() })
  .nullish()
  .transform((media) => media?.preview?.image?.url);

export const wireProduct = z.object({
  id: gid('Product'),
  title: name,
  /** Not an enum: a new word may come with any version, and is kept as it came. */
  status: word,
  onlineStoreUrl: spareLine,
  isGiftCard: z.boolean(),
  hasOnlyDefaultVariant: z.boolean(),
  createdAt: timestamp,
  updatedAt: timestamp,
  description: multilineText,
  featuredMedia: wireImage,
});
export type WireProduct = z.infer<typeof wireProduct>;

const wireLevel = z
  .object({ quantities: z.array(z.object({ name: z.string(), quantity: figure })) })
  .nullish()
  .transform((level) => level?.quantities.find(({ name }) => name === 'available')?.quantity);

const wireItem = z
  .looseObject({ id: gid('InventoryItem'), tracked: z.boolean(), inventoryLevel: wireLevel })
  .transform(({ id, tracked, inventoryLevel, ...others }) => ({
    id,
    tracked,
    inventoryLevel,
    /** At further locations that were asked for, by their numbers; without a figure where it is not stocked. */
    elsewhere: Object.fromEntries(
      Object.entries(others)
        .filter(([field]) => field.startsWith(levelAlias))
        .map(([field, level]) => [field.slice(levelAlias.length), wireLevel.parse(level)]),
    ),
  }));

export const wireVariant = z.object({
  id: gid('ProductVariant'),
  sku: line,
  barcode: line,
  title: name,
  position: z.number().int(),
  price: priceText,
  requiresComponents: z.boolean(),
  availableForSale: z.boolean().optional(),
  createdAt: timestamp,
  updatedAt: timestamp,
  media: z.object({ nodes: z.array(wireImage) }),
  inventoryItem: wireItem,
});
export type WireVariant = z.infer<typeof wireVariant>;

export const wireVariantWithProduct = wireVariant.extend({ product: wireProduct });
export const wireProductWithVariants = wireProduct.extend({ variants: wirePage });

export const wireShop = z.object({ id: gid('Shop'), currencyCode: word });

export const wireVariantsPage = z.object({
  shop: wireShop,
  productVariantsCount: z.object({ count: z.number().int(), precision: z.string() }).nullish(),
  productVariants: wirePage,
});
export const wireChangedProducts = z.object({ shop: wireShop, products: wirePage });
/** The product is read by itself: that nobody can read it says nothing of the shop. */
export const wireProductById = z.object({ shop: wireShop, product: z.record(z.string(), z.unknown()).nullable() });
export const wireProductsById = z.object({ shop: wireShop, nodes: z.array(z.unknown()) });

export const wireIdentity = z.object({
  shop: wireShop.extend({ name: line, myshopifyDomain: line, ianaTimezone: line }),
  currentAppInstallation: z.object({ accessScopes: z.array(z.object({ handle: word })) }),
});

const wireLocation = z.object({
  id: gid('Location'),
  name: line,
  isActive: z.boolean(),
  isFulfillmentService: z.boolean(),
});
export type WireLocation = z.infer<typeof wireLocation>;
export const wireLocationsPage = z.object({
  locations: z.object({ nodes: z.array(wireLocation), pageInfo: wirePageInfo }),
});

export const wireLine = z.object({
  sku: line,
  /** Without what was called back or taken off since. */
  currentQuantity: z.number().int(),
  /** Absent once it was deleted: then nobody can say which listing was sold. */
  variant: z.object({ id: gid('ProductVariant') }).nullable(),
  product: z.object({ id: gid('Product') }).nullable(),
});
/** Lines and orders are read one by one, too: one that nobody can read keeps no other sale back. */
export const wireOrder = z.object({
  id: gid('Order'),
  test: z.boolean(),
  createdAt: timestamp,
  cancelledAt: timestamp,
  displayFinancialStatus: word.nullable(),
  displayFulfillmentStatus: word.nullable(),
  lineItems: wirePage,
});
export type WireLine = z.infer<typeof wireLine>;
export type WireOrder = z.infer<typeof wireOrder>;
export const wireOrdersPage = z.object({
  shop: z.object({ id: gid('Shop') }),
  orders: wirePage,
});
export const wireOrderLines = z.object({ node: z.object({ lineItems: wirePage }).nullable() });

export const wireTarget = z.object({
  id: gid('ProductVariant'),
  requiresComponents: z.boolean(),
  product: z.object({ id: gid('Product'), status: word, isGiftCard: z.boolean() }),
  inventoryItem: wireItem,
});
export type WireTarget = z.infer<typeof wireTarget>;
export const wireTargets = z.object({
  shop: z.object({ id: gid('Shop') }),
  location: wireLocation.omit({ name: true }).nullable(),
  /** In the order asked for, null for one that is gone; read one by one. */
  nodes: z.array(z.unknown()),
});

const wireUserError = z.object({
  code: line.nullish(),
  field: z.array(z.string()).nullish(),
  message: line,
});
export type WireUserError = z.infer<typeof wireUserError>;
export const wireSetQuantities = z.object({
  inventorySetQuantities: z.object({
    inventoryAdjustmentGroup: z
      .object({
        changes: z.array(
          z.object({
            name: z.string(),
            /** Often absent even after a change (seen in 2026-04). */
            quantityAfterChange: z.number().int().nullable(),
            item: z.object({ id: gid('InventoryItem') }).nullable(),
            location: z.object({ id: gid('Location') }).nullable(),
          }),
        ),
      })
      .nullable(),
    userErrors: z.array(wireUserError),
  }),
});
