import type { FakeShop } from '../simulators/fake-shop.ts';
import type { NewVariant } from '../simulators/shelf.ts';
import {
  checkDigit,
  colourName,
  descriptionOf,
  type Family,
  families,
  type Item,
  onHandOf,
  optionName,
  priceIn,
} from './catalogue.ts';
import { demoPlatforms } from './demo-platforms.ts';
import type { DemoShop } from './demo-shops.ts';
import { leftOut, scenario, spelling } from './scenarios.ts';

const day = 86_400_000;

/** Germany took a picture of its own of these boots. */
const otherPicture = { shop: 'de', code: 'SK6001' } as const;

/** A barcode as a shop has it: right, but for the one that a slip of the hand spoiled. */
function barcodeIn(shop: DemoShop, item: Item): string | undefined {
  const slip = scenario('not-a-gtin');
  if (slip.shop === shop.id && slip.sku === item.sku) {
    const twelve = item.ean.slice(0, 12);
    return twelve + String((Number(checkDigit(twelve)) + 3) % 10);
  }
  // The odd spelling could else be matched by its barcode, and would be no trouble.
  const odd = scenario('other-spelling');
  return odd.shop === shop.id && odd.sku === item.sku ? undefined : item.ean;
}

function priceOf(shop: DemoShop, family: Family, item: Item): string {
  const slip = scenario('price-differs');
  const factor = slip.shop === shop.id && slip.sku === item.sku ? 10 : 1;
  return priceIn(shop.currency, family.price * factor);
}

function optionsOf({ colour, size }: Item, { language }: DemoShop): { name: string; value: string }[] {
  return [
    ...(colour === undefined ? [] : [{ name: optionName('colour', language), value: colourName(colour, language) }]),
    ...(size === undefined ? [] : [{ name: optionName('size', language), value: size }]),
  ];
}

const variantOf = (shop: DemoShop, family: Family, item: Item): NewVariant => ({
  sku: spelling(shop.id, item.sku),
  barcode: barcodeIn(shop, item),
  options: optionsOf(item, shop),
  price: priceOf(shop, family, item),
  quantity: onHandOf(item),
});

/** The picture of a family, at an address of the shop's own; in one shop it is another one. */
function imageOf(shop: DemoShop, family: Family): string {
  const file = family.code.toLowerCase();
  const isOther = shop.id === otherPicture.shop && family.code === otherPicture.code;
  return demoPlatforms[shop.platform].pictureAt(isOther ? `${file}-ny` : file);
}

/** Puts one family on a shop's shelf: a product with variants, or a simple one where there is nothing to choose. */
export function addFamily(fake: FakeShop, shop: DemoShop, family: Family): void {
  const at = fake.now();
  const kept = family.items.filter((item) => !leftOut(shop.id, item.sku));
  const [first] = kept;
  if (first === undefined) return;
  const card = {
    title: family.name[shop.language],
    description: descriptionOf(family, shop.language),
    image: imageOf(shop, family),
    createdAt: at,
    updatedAt: at,
  };
  if (family.items.length === 1) {
    const { sku, barcode, price, quantity } = variantOf(shop, family, first);
    fake.add({ ...card, sku, barcode, price, quantity });
    return;
  }
  fake.add({
    ...card,
    sku: demoPlatforms[shop.platform].numbersParents ? family.code : undefined,
    variants: kept.map((item) => ({ ...variantOf(shop, family, item), createdAt: at, updatedAt: at })),
  });
}

/** Fills a shop as it stood a year ago, a family a day. */
export function fillCatalogue(fake: FakeShop, shop: DemoShop): void {
  for (const family of families) {
    addFamily(fake, shop, family);
    fake.passTime(day / 4);
  }
}
