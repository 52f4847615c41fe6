import { inflateSync } from 'node:zlib';
import jpeg from 'jpeg-js';
import { decode } from 'sixel/lib/Decoder.js';
import { expect, test, vi } from 'vitest';
import { readKeys } from '../../components/terminal/key-reader.ts';
import { makeTerminalPictures } from '../../components/terminal/terminal-pictures.ts';
import { pngOf } from '../../src/demo/simulators/pictures.ts';
import { pixelsOf } from '../../src/runtime/terminal/pixels.ts';
import { unpackPicture } from '../../src/runtime/terminal/unpack-picture.ts';
import type { ShownPicture } from '../../src/services/pictures/picture-service.ts';
import { drawnPicture } from '../../src/views/terminal/picture.ts';

vi.setConfig({ testTimeout: 60_000 });

const box = { row: 2, column: 4, columns: 20, rows: 6 };
const cell = { width: 10, height: 20 };
const room = { width: box.columns * cell.width, height: box.rows * cell.height };
const boot: ShownPicture = { format: 'png', content: pngOf('boot') };

/** Left half red, right half blue, twice as wide as high. */
const halves = (width = 80, height = 40): ShownPicture => {
  const data = Buffer.alloc(width * height * 4, 255);
  for (let at = 0; at < width * height; at += 1) data.set(at % width < width / 2 ? [255, 0, 0] : [0, 0, 255], at * 4);
  return { format: 'jpeg', content: jpeg.encode({ width, height, data }, 95).data };
};

/** The farthest that a colour of one picture lies from that of the other at the same place, of 255. */
const farthest = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, index) => Math.abs(value - (b[index] ?? 0))));

test('what Sixel shows of a PNG is the picture, as large as its box', async () => {
  const unpacked = await unpackPicture({ picture: boot, protocol: 'sixel', ...room });
  const drawn = drawnPicture('sixel', boot, { box, slot: 0, unpacked, cell });
  // A square of 6 rows of 20 pixels.
  expect(drawn?.box).toEqual({ ...box, columns: 12, rows: 6 });
  const sequence = /^\u001b7(\u001bP[\d;]*q[^\u001b]*\u001b\\)\u001b8$/.exec(drawn?.draw ?? '')?.[1] ?? '';
  // Its raster attributes say how large it is; the decoder's rows may be a few pixels longer.
  expect(sequence).toContain('"1;1;120;120#');
  const { width, data32 } = decode(sequence);
  const own = pixelsOf(boot);
  const shown = new Uint8Array(data32.buffer, data32.byteOffset, data32.byteLength);
  for (const [x, y] of [
    [3, 3],
    [20, 9],
    [44, 30],
    [24, 47],
  ] as const) {
    const [at, from] = [(Math.floor(y * 2.5 + 1) * width + Math.floor(x * 2.5 + 1)) * 4, (y * own.width + x) * 4];
    // Sixel colours are per cent.
    expect(farthest([...shown.slice(at, at + 3)], [...own.data.slice(from, from + 3)])).toBeLessThan(8);
  }
});

test('kitty gets a JPEG as the pixels that it shows', async () => {
  const picture = halves();
  const unpacked = await unpackPicture({ picture, protocol: 'rgb', ...room });
  const drawn = drawnPicture('kitty', picture, { box, slot: 1, unpacked, cell });
  const chunks = [...(drawn?.draw ?? '').matchAll(/\u001b_G([^;]*);([A-Za-z0-9+/=]*)\u001b\\/g)];
  expect(chunks[0]?.[1]).toMatch(/^a=T,f=24,o=z,s=80,v=40,t=d,i=62002,p=1,q=2,C=1,c=20,r=5,/);
  const rgb = inflateSync(Buffer.from(chunks.map(([, , letters]) => letters).join(''), 'base64'));
  expect(rgb).toHaveLength(80 * 40 * 3);
  const pixel = (x: number, y: number): readonly number[] => [...rgb.subarray((y * 80 + x) * 3, (y * 80 + x) * 3 + 3)];
  expect(farthest(pixel(10, 20), [255, 0, 0])).toBeLessThan(12);
  expect(farthest(pixel(70, 20), [0, 0, 255])).toBeLessThan(12);
});

test('a picture that is larger than its box is sent no larger than that, and keeps its proportions', async () => {
  const unpacked = await unpackPicture({ picture: halves(800, 400), protocol: 'rgb', ...room });
  expect(unpacked).toMatchObject({ width: 200, height: 100 });
});

const claiming = (picture: ShownPicture, width: number, height: number): ShownPicture => {
  const content = Buffer.from(picture.content);
  // IHDR of a PNG; the first frame header of a JPEG.
  const at = picture.format === 'png' ? 16 : content.indexOf(Buffer.from([0xff, 0xc0])) + 5;
  if (picture.format === 'png') content.writeUInt32BE(width, at) && content.writeUInt32BE(height, at + 4);
  else content.writeUInt16BE(height, at) && content.writeUInt16BE(width, at + 2);
  return { ...picture, content };
};

test.each([
  ['a PNG that claims 50,000 by 50,000', claiming(boot, 50_000, 50_000)],
  ['a JPEG that claims 50,000 by 50,000', claiming(halves(), 50_000, 50_000)],
  ['a JPEG that claims 3 megapixels more than it has', claiming(halves(), 2_000, 1_500)],
  ['a PNG that is cut off', { ...boot, content: boot.content.subarray(0, 60) }],
  ['a JPEG that is cut off', { format: 'jpeg', content: halves().content.subarray(0, 200) }],
  ['letters', { format: 'jpeg', content: Buffer.from('\u001b]0;owned\u0007') }],
  ['nothing', { format: 'png', content: Buffer.alloc(0) }],
  ['a kind that is not unpacked', { format: 'webp', content: Buffer.from('RIFF....WEBP') }],
] as readonly (readonly [string, ShownPicture])[])('%s is not drawn, and stops nothing', async (_, picture) => {
  expect(await unpackPicture({ picture, protocol: 'sixel', ...room })).toBeUndefined();
  expect(drawnPicture('sixel', picture, { box, slot: 0, cell })).toBeUndefined();
});

test('what a picture claims is looked at before anything of it is unpacked', () => {
  expect(() => pixelsOf(claiming(boot, 50_000, 50_000))).toThrow('too large a picture');
  expect(() => pixelsOf(claiming(halves(), 4_000, 4_000))).toThrow('maxResolutionInMP');
  const interlaced = Buffer.from(boot.content);
  interlaced[28] = 1;
  expect(() => pixelsOf({ format: 'png', content: interlaced })).toThrow('too large a picture');
});

/** A terminal that is asked, and what it was sent. */
function opened(known: 'ask' | 'kitty' | 'sixel') {
  const sent: string[] = [];
  const pictures = makeTerminalPictures({
    known,
    write: (text) => sent.push(text),
    show: () => undefined,
    unpack: async () => undefined,
  });
  const keys: string[] = [];
  const reader = readKeys((key) => keys.push(key.kind === 'key' ? key.name : key.text), { onAnswer: pictures.hear });
  return { pictures, sent, keys, reader };
}

test('Sixel is found by the answer of the terminal, which is asked once and only where a picture is wanted', () => {
  const { pictures, sent, keys, reader } = opened('ask');
  const changed = vi.fn();
  pictures.subscribe(changed);
  expect(sent).toEqual([]);
  // An answer that nobody asked for is none.
  reader.feed('\u001b[?62;4;22c');
  expect(pictures.protocol()).toBeUndefined();
  pictures.ask();
  pictures.ask();
  expect(sent).toEqual(['\u001b[16t\u001b[c']);
  reader.feed('\u001b[6;24;11t\u001b[?62;4;22c');
  expect(pictures.protocol()).toBe('sixel');
  expect(pictures.cell()).toEqual({ width: 11, height: 24 });
  expect(changed).toHaveBeenCalled();
  expect(keys).toEqual([]);
});

test('a terminal that does not say Sixel is sent no picture, and one that is known is asked nothing', () => {
  const { pictures, reader } = opened('ask');
  pictures.ask();
  // The class of the terminal is no attribute of it.
  reader.feed('\u001b[?4;6;22c');
  expect(pictures.protocol()).toBeUndefined();
  const kitty = opened('kitty');
  kitty.pictures.ask();
  expect(kitty.sent).toEqual([]);
  expect(kitty.pictures.protocol()).toBe('kitty');
});
