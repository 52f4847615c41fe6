import data from '../../../data/demo/troubles.json' with { type: 'json' };
import { type Family, families, type Item } from './catalogue.ts';
import type { DemoShopId } from './demo-shops.ts';

/** One trouble of the demo: what it is, where it lies, and since when. */
export type Scenario = {
  readonly id: string;
  readonly shop?: DemoShopId;
  readonly sku?: string;
  readonly holder?: string;
  readonly families?: readonly string[];
  readonly daysAgo?: number;
  readonly da: string;
  readonly en: string;
};

export const troubles = data.troubles as readonly Scenario[];

/** A trouble by its name; a name that is not in the list is a bug in the demo. */
export function scenario(id: string): Scenario {
  const found = troubles.find((one) => one.id === id);
  if (found === undefined) throw new Error(`The demo has no trouble called "${id}".`);
  return found;
}

/** The item number that a trouble is about. */
export const skuOf = (id: string): string => scenario(id).sku ?? '';

const place = new Map(families.flatMap((family) => family.items.map((item) => [item.sku, { family, item }] as const)));

/** Where an item number stands in the catalogue. */
export function itemOf(sku: string): { readonly family: Family; readonly item: Item } {
  const found = place.get(sku);
  if (found === undefined) throw new Error(`The demo's catalogue has no ${sku}.`);
  return found;
}

const isIn = (id: string, shop: DemoShopId, sku: string): boolean =>
  scenario(id).shop === shop && scenario(id).sku === sku;

/** Whether a shop never got an item: a variant left out, or a product that comes only later. */
export const leftOut = (shop: DemoShopId, sku: string): boolean =>
  isIn('variant-missing', shop, sku) || isIn('not-fetched-yet', shop, sku) || isIn('not-for-this-shop', shop, sku);

/** An item number as a shop spells it. */
export const spelling = (shop: DemoShopId, sku: string): string =>
  isIn('other-spelling', shop, sku) ? sku.toLowerCase().replaceAll('-', ' ') : sku;
