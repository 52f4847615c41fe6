import type { z } from 'zod';
import type { Listing } from '../../../domain/listing.ts';
import { type MapContext, toParentListing, toVariantListing } from '../map.ts';
import type { WireProduct, wireVariantWithProduct } from '../schema.ts';

export const parentOf = (product: WireProduct, mapContext: MapContext): readonly Listing[] =>
  product.hasOnlyDefaultVariant ? [] : [toParentListing(product, mapContext)];

/** Variants as listings. The parent comes with its first variant, so that it comes once. */
export const variantListings = (
  rows: readonly z.infer<typeof wireVariantWithProduct>[],
  mapContext: MapContext,
): readonly Listing[] =>
  rows.flatMap(({ product, ...variant }) => [
    ...(variant.position === 1 ? parentOf(product, mapContext) : []),
    toVariantListing(product, variant, mapContext),
  ]);
