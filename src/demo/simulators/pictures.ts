import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import type { FakeShop } from './fake-shop.ts';
import type { FakeProduct } from './shelf.ts';

/** Pixels of a side. */
const side = 48;

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([length, body, check]);
};

/** A real PNG that is computed from a name: one name is one picture, byte for byte, in whatever shop it lies. */
export function pngOf(name: string): Buffer {
  const seed = createHash('sha256').update(name).digest();
  const at = (index: number): number => seed[index % seed.length] ?? 0;
  // Five by five squares, the same on the left and on the right, in a colour of its own on a light ground.
  const ink = [at(0) >> 1, at(1) >> 1, at(2) >> 1];
  const rows = Array.from({ length: side }, (_, y) => {
    const row = Buffer.alloc(1 + side * 3);
    for (let x = 0; x < side; x += 1) {
      const column = Math.min(Math.floor((x * 5) / side), 4);
      const cell = Math.floor((y * 5) / side) * 3 + (column > 2 ? 4 - column : column);
      const colour = at(3 + cell) % 2 === 0 ? ink : [238, 238, 232];
      row.set(colour, 1 + x * 3);
    }
    return row;
  });
  const head = Buffer.alloc(13);
  head.writeUInt32BE(side, 0);
  head.writeUInt32BE(side, 4);
  head.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A picture's whole address, where the shop gives whole ones: on the address that it is served at. */
export const pictureUrl = (shop: FakeShop, image: string): string =>
  URL.canParse(image) ? image : new URL(image, shop.memory.address ?? shop.identity).href;

/** The number under which PrestaShop keeps a product's picture: its folders are the digits. */
export const pictureId = ({ id }: FakeProduct): string => `${Number(id) % 100_000}`;

const fileOf = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.\w+$/, '');

/**
 * The files that a web server gives to anybody beside the platform: WordPress' uploads, Shopify's `/cdn/shop/files` on
 * the shop's own domain (any `v`), and PrestaShop's `/img/p`, which calls everything `.jpg`, whatever it is. Nothing
 * where no product has such a picture.
 */
export function pictureAnswer({ method, path }: { readonly method: string; readonly path: string }, shop: FakeShop) {
  if (method !== 'GET') return undefined;
  const numbered = /^\/img\/p\/(?:\d\/)+(\d+)\.jpg$/.exec(path)?.[1];
  const image =
    numbered === undefined
      ? shop.shelf.find((product) => product.image?.split('?')[0] === path)?.image
      : shop.shelf.find((product) => pictureId(product) === numbered)?.image;
  if (image === undefined) return undefined;
  const type = numbered === undefined ? 'image/png' : 'image/jpeg';
  return {
    status: 200,
    headers: { 'content-type': type, 'cache-control': 'public, max-age=31557600', etag: `"${fileOf(path)}"` },
    body: pngOf(fileOf(image.split('?')[0] ?? '')),
  };
}
