import type { FakeShop } from '../simulators/fake-shop.ts';
import type { FakeProduct, FakeVariant } from '../simulators/shelf.ts';
import { priceIn } from './catalogue.ts';
import { demoPlatforms } from './demo-platforms.ts';
import type { DemoShop } from './demo-shops.ts';
import { itemOf, scenario } from './scenarios.ts';
import type { ScheduledShop } from './scheduled-events.ts';

const day = 86_400_000;
const minute = 60_000;

/** Where an item stands on a shop's shelf. */
function standing(shop: FakeShop, sku: string): { readonly product: FakeProduct; readonly variant: FakeVariant } {
  for (const product of shop.shelf) {
    const variant = product.variants.find((one) => one.sku === sku);
    if (variant !== undefined) return { product, variant };
  }
  throw new Error(`${shop.name} has no ${sku} on its shelf.`);
}

const retired = (shop: DemoShop): string => demoPlatforms[shop.platform].retired;

type MerchantEdits = { readonly shop: DemoShop; readonly scheduled: ScheduledShop; readonly now: number };

/** Plans one trouble in the shop that it belongs to (in all shops, where it names none). */
const inShop = (
  { shop, scheduled, now }: MerchantEdits,
  id: string,
  act: (shop: FakeShop, sku: string) => void,
): void => {
  const one = scenario(id);
  if (one.shop !== undefined && one.shop !== shop.id) return;
  // What is of today happened an hour before the demo starts.
  const at = now - ((one.daysAgo ?? 0) * day || 60 * minute);
  scheduled.plan(at, (fake) => act(fake, one.sku ?? ''));
};

/** What the keepers of the shops do to their shelves, each thing on its day. */
export function scheduleMerchantEdits(edits: MerchantEdits): void {
  const { shop } = edits;
  inShop(edits, 'without-sku', (fake) => {
    fake.add({
      title: 'Gaveæske Nordlys, håndpakket',
      price: '249.00',
      quantity: 14,
      description: '<p>Pakkes på lageret.</p>',
    });
  });
  inShop(edits, 'gift-card', (fake) => {
    fake.add({ title: 'Presentkort', kind: 'gift-card', sku: 'GAVEKORT', price: '500.00', tracked: false });
  });
  inShop(edits, 'not-tracked', (fake, sku) => {
    fake.editVariant(standing(fake, sku).variant.id, { tracked: false });
  });
  inShop(edits, 'draft', (fake, sku) => fake.setStatus(standing(fake, sku).product.id, 'draft'));
  inShop(edits, 'archived-in-one', (fake, sku) => fake.setStatus(standing(fake, sku).product.id, retired(shop)));
  inShop(edits, 'archived-everywhere', (fake, sku) => {
    fake.setStatus(standing(fake, sku).product.id, retired(shop));
  });
  inShop(edits, 'unknown-status', (fake, sku) => fake.setStatus(standing(fake, sku).product.id, 'wc-saesonslut'));
  inShop(edits, 'stopped-selling', (fake, sku) => fake.setStatus(standing(fake, sku).product.id, 'draft'));
  inShop(edits, 'shop-id-taken', (fake, sku) => {
    const { product } = standing(fake, sku);
    fake.showTwice(product.id, {
      title: 'Lyskæde Nordlys Ildflue, 20 m',
      sku: `${sku}-20M`,
      price: '399.00',
      quantity: 6,
    });
  });
  inShop(edits, 'sku-twice', (fake, sku) => {
    fake.add({ title: 'Emaljekrus Lærkegård Lerke, blå (ny)', sku, price: '129.00', quantity: 9 });
  });
  inShop(edits, 'gone', (fake, sku) => fake.deleteForever(standing(fake, sku).product.id));
  inShop(edits, 'sku-changed', (fake, sku) => fake.renameSku(standing(fake, sku).variant.id, `${sku}-2027`));
  inShop(edits, 'stock-differs', (fake, sku) => fake.setQuantity(standing(fake, sku).variant.id, 3));
  inShop(edits, 'discontinued', (fake, sku) => fake.setStatus(standing(fake, sku).product.id, 'archived'));
  inShop(edits, 'variant-switched-off', (fake, sku) => {
    fake.editVariant(standing(fake, sku).variant.id, { enabled: false });
  });
  inShop(edits, 'offline-for-translation', (fake, sku) => fake.setStatus(standing(fake, sku).product.id, 'draft'));
  inShop(edits, 'in-no-list', (fake, sku) => fake.edit(standing(fake, sku).product.id, { hidden: true }));
  draftShoes(edits);
}

/** An app that was to tidy up made drafts of one shoe after another, within minutes. */
function draftShoes({ shop, scheduled, now }: MerchantEdits): void {
  const { shop: where, daysAgo = 0, families = [] } = scenario('lost-together');
  if (where !== shop.id) return;
  scheduled.plan(now - daysAgo * day, (fake) => {
    for (const code of families) {
      fake.passTime(minute);
      const product = fake.shelf.find((one) => one.variants.some((variant) => variant.sku?.startsWith(`${code}-`)));
      if (product !== undefined) fake.setStatus(product.id, 'draft');
    }
  });
}

/** What comes to a shop after its last reading, so that nobody here has heard of it yet. */
export function addLateProduct(shop: DemoShop, fake: FakeShop): void {
  const { shop: where, sku = '' } = scenario('not-fetched-yet');
  if (where !== shop.id) return;
  const { family, item } = itemOf(sku);
  fake.add({
    title: family.name[shop.language],
    sku: item.sku,
    barcode: item.ean,
    price: priceIn(shop.currency, family.price),
    quantity: 8,
  });
}
