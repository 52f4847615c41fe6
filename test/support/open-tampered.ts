import { platformRegistry } from '../../src/connectors/registry.ts';
import { toPlatformId } from '../../src/domain/ids.ts';
import { openHarness } from '../contract/connector-harness.ts';
import { platformParts } from './platform-parts.ts';
import { type Tamper, tampered } from './tampered-shop.ts';

/** A shop of a platform with a cup, a shirt in two colours and a bowl, whose answers arrive changed as `tamper` says. */
export async function openTampered(platform: string, texts: readonly string[]) {
  const { dialect, secretsOf, shop: options, path, options: platformOptions } = platformParts[platform]!;
  const driver = platformRegistry.get(toPlatformId(platform))!;
  const tamper: Tamper = { change: undefined, hits: 0, fields: new Map() };
  let later = Date.now();
  const contestant = { driver, secretsOf, path, options: platformOptions };
  const made = () =>
    tampered(
      // No reading waits for the points that the one before took.
      dialect(() => (later += 1000)),
      texts,
      tamper,
    );
  const { shop, connector } = await openHarness({ ...contestant, dialect: made }, options);
  shop.add({ sku: 'CUP', title: 'A cup', quantity: 5, price: '99.00', barcode: '5701234567899' });
  const variants = ['RED', 'BLUE'].map((sku) => ({ sku, quantity: 3, options: [{ name: 'Colour', value: sku }] }));
  shop.add({ sku: 'SHIRT', title: 'A shirt', price: '10.00', variants });
  shop.add({ sku: 'BOWL', title: 'A bowl', quantity: 9, price: '5.00' });
  return { tamper, connector, shop };
}
