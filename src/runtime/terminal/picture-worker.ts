// First: what comes after it needs it.
import './upng-global.ts';

import { parentPort, workerData } from 'node:worker_threads';
import { deflateSync } from 'node:zlib';
import { image2sixel } from 'sixel/lib/SixelEncoder.js';
import type { UnpackedPicture, UnpackRequest } from '../../views/terminal/picture.ts';
import { type Pixels, pixelsOf, scaled } from './pixels.ts';

/** Colours of a Sixel picture: more than any terminal promises are of no use. */
const maxColours = 256;
/** Of which a pixel is shown on the paper of a shop: white. */
const paper = 255;

/** Three bytes a pixel; what can be seen through lies on white, as in a shop. */
function rgbOf({ data }: Pixels): Uint8Array {
  const rgb = new Uint8Array((data.length / 4) * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    const alpha = (data[from + 3] ?? 0) / 255;
    for (let part = 0; part < 3; part += 1)
      rgb[to + part] = Math.round((data[from + part] ?? 0) * alpha + paper * (1 - alpha));
  }
  return rgb;
}

/** In the proportions of the picture, as large as fits; never enlarged for a terminal that scales by itself. */
function sizeOf({ width, height }: Pixels, task: UnpackRequest): { readonly width: number; readonly height: number } {
  const fit = Math.min(task.width / width, task.height / height);
  const by = task.protocol === 'rgb' ? Math.min(1, fit) : fit;
  return { width: Math.max(1, Math.floor(width * by)), height: Math.max(1, Math.floor(height * by)) };
}

function unpack(task: UnpackRequest): UnpackedPicture {
  const pixels = pixelsOf(task.picture);
  const size = sizeOf(pixels, task);
  const small = scaled(pixels, size);
  if (task.protocol === 'rgb') return { kind: 'rgb', ...size, content: deflateSync(rgbOf(small)) };
  return { kind: 'sixel', ...size, sequence: image2sixel(small.data, size.width, size.height, maxColours, 1) };
}

// A picture that cannot be unpacked is no picture: nothing is told of it but that.
let unpacked: UnpackedPicture | undefined;
try {
  unpacked = unpack(workerData as UnpackRequest);
} catch {
  unpacked = undefined;
}
parentPort?.postMessage(unpacked);
