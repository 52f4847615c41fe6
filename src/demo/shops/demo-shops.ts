import { credential, everyPermission, type FakeShop, fakeShop } from '../simulators/fake-shop.ts';
import type { FakePermission } from '../simulators/shelf.ts';
import type { Currency, ShopLanguage } from './catalogue.ts';
import { type DemoPlatformId, type DemoSecrets, demoPlatforms } from './demo-platforms.ts';

/** One of the demo's shops, as its keeper would describe it. */
export type DemoShop = {
  readonly id: 'dk' | 'no' | 'se' | 'de' | 'eu' | 'b2b' | 'fr';
  readonly name: string;
  readonly platform: DemoPlatformId;
  readonly country: string;
  readonly language: ShopLanguage;
  readonly currency: Currency;
  readonly timeZone: string;
  readonly negative: 'send' | 'hold-at-zero';
  readonly firstId: number;
  /** What its key may not do. */
  readonly lacks: readonly FakePermission[];
};
export type DemoShopId = DemoShop['id'];

export const demoShops: readonly DemoShop[] = [
  {
    id: 'dk',
    name: 'Nordlys Friluft DK',
    platform: 'woocommerce',
    country: 'DK',
    language: 'da',
    currency: 'DKK',
    timeZone: 'Europe/Copenhagen',
    negative: 'send',
    firstId: 10101,
    lacks: [],
  },
  {
    id: 'no',
    name: 'Nordlys Friluft NO',
    platform: 'woocommerce',
    country: 'NO',
    language: 'no',
    currency: 'NOK',
    timeZone: 'Europe/Oslo',
    negative: 'send',
    firstId: 20101,
    lacks: [],
  },
  {
    id: 'se',
    name: 'Nordlys Friluft SE',
    platform: 'shopify',
    country: 'SE',
    language: 'sv',
    currency: 'SEK',
    timeZone: 'Europe/Stockholm',
    negative: 'send',
    firstId: 8_104_400_301,
    lacks: [],
  },
  {
    id: 'de',
    name: 'Nordlys Outdoor DE',
    platform: 'shopify',
    country: 'DE',
    language: 'de',
    currency: 'EUR',
    timeZone: 'Europe/Berlin',
    negative: 'hold-at-zero',
    firstId: 8_205_500_401,
    lacks: ['read-all-orders'],
  },
  {
    id: 'eu',
    name: 'Nordlys Outdoor EU',
    platform: 'woocommerce',
    country: 'EU',
    language: 'en',
    currency: 'EUR',
    timeZone: 'Europe/Copenhagen',
    negative: 'hold-at-zero',
    firstId: 50101,
    lacks: [],
  },
  {
    id: 'b2b',
    name: 'Nordlys Engros',
    platform: 'dandomain-webshop',
    country: 'DK',
    language: 'da',
    currency: 'DKK',
    timeZone: 'Europe/Copenhagen',
    negative: 'hold-at-zero',
    firstId: 601,
    lacks: [],
  },
  {
    id: 'fr',
    name: 'Nordlys Plein Air FR',
    platform: 'prestashop',
    country: 'FR',
    language: 'fr',
    currency: 'EUR',
    timeZone: 'Europe/Paris',
    negative: 'send',
    firstId: 7001,
    lacks: [],
  },
];

/** The keys of the demo's shops, by the names of their driver's form: invented, and good on loopback only. */
export const credentialsOf = ({ id, platform }: DemoShop): DemoSecrets => demoPlatforms[platform].secretsFor(id);

/** An empty shop of the demo, a good year ago. */
export function emptyShop(shop: DemoShop, startsAt: number): FakeShop {
  const platform = demoPlatforms[shop.platform];
  const { user, secret } = platform.login(credentialsOf(shop));
  const permissions = everyPermission.filter((permission) => !shop.lacks.includes(permission));
  return fakeShop({
    ...platform.options,
    name: shop.name,
    identity: `https://${shop.id}.nordlys.example`,
    currency: shop.currency,
    timeZone: shop.timeZone,
    credentials: [credential(user, secret, permissions)],
    startsAt,
    stepMs: 1000,
    firstId: shop.firstId,
  });
}
