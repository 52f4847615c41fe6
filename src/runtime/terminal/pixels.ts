import jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import type { ShownPicture } from '../../services/pictures/picture-service.ts';

/** A picture unpacked: four bytes a pixel (RGBA), row by row. */
export type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** Pixels of a picture that is unpacked at most, in millions: a file of a few bytes can claim any size. */
const maxMegapixels = 12;
/** What a JPEG may take while it is unpacked. */
const maxMegabytes = 256;

/** Where IHDR says the height, and how the rows are interlaced. */
const png = { width: 16, height: 20, interlace: 28 } as const;

/** Unpacks a PNG or JPEG; throws on what is none, is broken, or claims more pixels than may be unpacked. */
export function pixelsOf({ format, content }: ShownPicture): Pixels {
  const bytes = Buffer.from(content.buffer, content.byteOffset, content.byteLength);
  if (format === 'jpeg') {
    const limits = { maxResolutionInMP: maxMegapixels, maxMemoryUsageInMB: maxMegabytes };
    return jpeg.decode(bytes, { useTArray: true, formatAsRGBA: true, tolerantDecoding: false, ...limits });
  }
  if (format !== 'png') throw new Error(`${format} is not unpacked`);
  const claimed = bytes.readUInt32BE(png.width) * bytes.readUInt32BE(png.height);
  // Interlaced rows are inflated without a bound of their own.
  if (claimed > maxMegapixels * 1e6 || bytes[png.interlace] !== 0) throw new Error('too large a picture to unpack');
  return PNG.sync.read(bytes);
}

/** The same picture in another size: what falls together is averaged, and what is missing is repeated. */
export function scaled(
  { width, height, data }: Pixels,
  to: { readonly width: number; readonly height: number },
): Pixels {
  const out = new Uint8Array(to.width * to.height * 4);
  for (let y = 0; y < to.height; y += 1) {
    const top = Math.floor((y * height) / to.height);
    const bottom = Math.max(top + 1, Math.floor(((y + 1) * height) / to.height));
    for (let x = 0; x < to.width; x += 1) {
      const left = Math.floor((x * width) / to.width);
      const right = Math.max(left + 1, Math.floor(((x + 1) * width) / to.width));
      out.set(average(data, { width, top, bottom, left, right }), (y * to.width + x) * 4);
    }
  }
  return { ...to, data: out };
}

type Part = Readonly<Record<'width' | 'top' | 'bottom' | 'left' | 'right', number>>;

/** The colour of a part of a picture; what can be seen through counts for less. */
function average(
  data: Uint8Array,
  { width, top, bottom, left, right }: Part,
): readonly [number, number, number, number] {
  let [red, green, blue, opaque] = [0, 0, 0, 0];
  for (let y = top; y < bottom; y += 1) {
    for (let at = (y * width + left) * 4; at < (y * width + right) * 4; at += 4) {
      const alpha = data[at + 3] ?? 0;
      red += (data[at] ?? 0) * alpha;
      green += (data[at + 1] ?? 0) * alpha;
      blue += (data[at + 2] ?? 0) * alpha;
      opaque += alpha;
    }
  }
  if (opaque === 0) return [0, 0, 0, 0];
  const count = (bottom - top) * (right - left);
  return [Math.round(red / opaque), Math.round(green / opaque), Math.round(blue / opaque), Math.round(opaque / count)];
}
