import type { Random } from '../../src/demo/seeded-random.ts';
import type { FakeShop } from '../../src/demo/simulators/fake-shop.ts';
import type { FakeProduct, FakeVariant } from '../../src/demo/simulators/shelf.ts';
import { toShopId, toShopVariantId, toSku } from '../../src/domain/ids.ts';
import type { TestEnvironment } from '../services/test-environment.ts';
import { gtinOf } from './unkind-shops.ts';

/*
 * Goods in sizes of which only the first has a number of its own. WooCommerce and DanDomain Webshop show the style's
 * number on the others, WooCommerce its barcode too: that names none of them.
 */

/** Platforms on which a variant may be without a number. The others make one up, or ask for one. */
export const withoutNumbers: readonly string[] = [
  'woocommerce',
  'shopify',
  'prestashop',
  'dandomain-webshop',
  'bigcommerce',
  'medusa',
];

export type FamilyTrap = { readonly shop: FakeShop; readonly elsewhere: FakeShop; readonly count: number };

/** Puts up a style; elsewhere something is sold under the very number and barcode of the style. */
export function putUpFamily({ shop, elsewhere, count }: FamilyTrap): FakeProduct {
  const [sku, barcode] = [`S-${count}`, String(gtinOf(500_000 + count))];
  elsewhere.add({ sku, barcode, title: `Style ${count}`, quantity: 9 });
  const sizes = ['S', 'M', 'L'].map((value, place) => ({
    sku: place === 0 ? `${sku}-S` : undefined,
    quantity: 4 + place,
    options: [{ name: 'Size', value }],
  }));
  return shop.add({ sku, barcode, title: `Style ${count}`, variants: sizes });
}

type Hand = {
  readonly shop: FakeShop;
  readonly platform: string;
  readonly count: number;
  readonly random: Random;
};

/**
 * Links a size without a number to something that lies in the warehouse alone, in place of the nameless product that it
 * was taken for. Answers which, and what it is called there.
 */
export async function linkByHand(
  { store, services, clock }: TestEnvironment,
  { shop, platform, count, random }: Hand,
): Promise<{ readonly variant: FakeVariant; readonly sku: string } | undefined> {
  const shopId = toShopId(platform);
  const held = new Map((await store.integrationsOn(shopId)).map((one) => [one.ref.shopVariantId, one]));
  const products = new Map(
    (await store.products([...held.values()].map((one) => one.productId))).map((one) => [one.id, one]),
  );
  const nameless = shop.shelf.flatMap(({ kind, variants }) =>
    (kind === 'variable' ? variants : []).flatMap((variant) => {
      const link = held.get(toShopVariantId(variant.id));
      const isOwn = link !== undefined && products.get(link.productId)?.sku === undefined;
      return variant.sku === undefined && isOwn ? [{ variant, link }] : [];
    }),
  );
  if (nameless.length === 0) return undefined;
  const { variant, link } = random.pick(nameless);
  const sku = `W-${count}`;
  await services.stock.import([{ sku: toSku(sku), onHand: 5 }], { create: true, dryRun: false });
  const [made] = await store.productsBy({ skus: [toSku(sku)] });
  if (made === undefined) throw new Error(`${sku} was not made`);
  clock.advance(1000);
  await services.integrations.remove(link.productId, shopId, 'it has a number in the warehouse');
  clock.advance(1000);
  await services.integrations.link(made.id, link.ref);
  return { variant, sku };
}
