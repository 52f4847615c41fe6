import type { ShopId } from '../ids.ts';
import type { Listing } from '../listing.ts';
import { moneyText } from '../money.ts';
import type { Money } from '../product.ts';

/** One thing that shops say differently of the same product. */
export type ShopDifference = {
  readonly field: 'price' | 'name';
  readonly values: readonly { readonly shopId: ShopId; readonly said: string }[];
};

/**
 * Price and name that differ between shops: listed, never written. Prices compare within one currency. Pictures are no
 * part of it: each shop keeps its own at an address of its own.
 */
export function differencesBetween(listings: readonly Listing[]): readonly ShopDifference[] {
  const said = (field: ShopDifference['field'], text: (listing: Listing) => string | undefined): ShopDifference => ({
    field,
    values: listings.flatMap((listing) => {
      const value = text(listing);
      return value === undefined ? [] : [{ shopId: listing.ref.shopId, said: value }];
    }),
  });
  return [...priceDifferences(listings), said('name', (listing) => listing.content.name)].filter(
    ({ values }) => new Set(values.map((value) => value.said)).size > 1,
  );
}

function priceDifferences(listings: readonly Listing[]): readonly ShopDifference[] {
  const priced = listings.flatMap(({ ref, content }) =>
    content.price === undefined ? [] : [{ shopId: ref.shopId, price: content.price }],
  );
  const currencies = new Set(priced.map(({ price }) => price.currency));
  const inOne = (currency: string): ShopDifference => ({
    field: 'price',
    values: priced.filter(({ price }) => price.currency === currency).map(priceIn),
  });
  return [...currencies].map(inOne);
}

const priceIn = ({ shopId, price }: { readonly shopId: ShopId; readonly price: Money }) => ({
  shopId,
  said: moneyText(price),
});
