import type { ShownPicture } from '../../services/pictures/picture-service.ts';

/** How a terminal is told to draw a picture: kitty's graphics protocol, iTerm2's inline images, or Sixel. */
export const pictureProtocols = ['kitty', 'iterm2', 'sixel'] as const;
export type PictureProtocol = (typeof pictureProtocols)[number];
/** `auto`: as the terminal says of itself. */
export type PictureSetting = 'auto' | 'off' | PictureProtocol;

/** Where something stands on the screen, in cells from the upper left corner. */
export type CellBox = {
  readonly row: number;
  readonly column: number;
  readonly columns: number;
  readonly rows: number;
};

/** A picture in its place, with the bytes that draw it there and those that take it away again. */
export type DrawnPicture = { readonly box: CellBox; readonly draw: string; readonly erase: string };

/** A picture made ready for a terminal that does not take it as it is: `content` is deflated RGB, `sequence` is Sixel. */
export type UnpackedPicture = { readonly width: number; readonly height: number } & (
  | { readonly kind: 'rgb'; readonly content: Uint8Array }
  | { readonly kind: 'sixel'; readonly sequence: string }
);

/** Pixels of a cell. */
export type CellSize = { readonly width: number; readonly height: number };

/** A picture that is to become no more than so many pixels. */
export type UnpackRequest = {
  readonly picture: ShownPicture;
  readonly protocol: UnpackedPicture['kind'];
  readonly width: number;
  readonly height: number;
};

/** What a picture has to become before it can be drawn; nothing where it is sent as it is. */
export const unpackedFor = (
  protocol: PictureProtocol,
  format: ShownPicture['format'],
): UnpackedPicture['kind'] | undefined => {
  if (protocol === 'sixel') return 'sixel';
  return protocol === 'kitty' && format !== 'png' ? 'rgb' : undefined;
};

/** iTerm2 takes what the system can show; for the others a picture is PNG, or is unpacked from PNG or JPEG. */
export const canDraw = (protocol: PictureProtocol, format: ShownPicture['format']): boolean =>
  protocol === 'iterm2' || format === 'png' || format === 'jpeg';

/** Pixels that a terminal is asked to unpack at most: a small file can be a very large picture. */
const maxPixels = 16_000_000;
const firstByteOfSize = 16;

/** Width and height of a PNG, from its head (IHDR, which stands first); absent where they are no sensible size. */
function pngSize(content: Uint8Array): { readonly width: number; readonly height: number } | undefined {
  if (content.length < firstByteOfSize + 8) return undefined;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const [width, height] = [view.getUint32(firstByteOfSize), view.getUint32(firstByteOfSize + 4)];
  return width > 0 && height > 0 && width * height <= maxPixels ? { width, height } : undefined;
}

/** Cells are about twice as high as they are wide. */
const cellRatio = 2;

/** The largest part of a box that has the picture's own proportions. */
function fitted(box: CellBox, { width, height }: { readonly width: number; readonly height: number }): CellBox {
  const columns = Math.min(box.columns, Math.max(1, Math.floor((box.rows * cellRatio * width) / height)));
  const rows = Math.min(box.rows, Math.max(1, Math.round((columns * height) / width / cellRatio)));
  return { ...box, columns, rows };
}

const base64 = (content: Uint8Array): string =>
  Buffer.from(content.buffer, content.byteOffset, content.byteLength).toString('base64');

/** Letters of one of kitty's chunks at most. */
const chunkLength = 4096;
/** The first number of our pictures in the terminal, which names them so that they can be taken away. */
const firstId = 62_001;

/** Never answered (`q=2`): an answer would come in as keys. The cursor stays (`C=1`). */
function kittySequence(
  content: Uint8Array,
  { columns, rows }: CellBox,
  { id, format }: { readonly id: number; readonly format: string },
): string {
  const letters = base64(content);
  const chunks = letters.match(new RegExp(`.{1,${chunkLength}}`, 'g')) ?? [];
  return chunks
    .map((chunk, index) => {
      const more = `m=${index < chunks.length - 1 ? 1 : 0}`;
      const keys = index === 0 ? `a=T,${format},t=d,i=${id},p=1,q=2,C=1,c=${columns},r=${rows},${more}` : `q=2,${more}`;
      return `\u001b_G${keys};${chunk}\u001b\\`;
    })
    .join('');
}

const itermSequence = (content: Uint8Array, { columns, rows }: CellBox): string =>
  `\u001b]1337;File=inline=1;size=${content.length};width=${columns};height=${rows};preserveAspectRatio=1;doNotMoveCursor=1:${base64(content)}\u0007`;

/**
 * A picture drawn into a box, in a slot of its own (0, 1, …) that the next one takes over; nothing where this terminal
 * cannot draw it. A picture is untrusted: only its kind, its size and base64 of its bytes are ever sent.
 */
export function drawnPicture(
  protocol: PictureProtocol,
  { format, content }: ShownPicture,
  {
    box,
    slot,
    unpacked,
    cell,
  }: {
    readonly box: CellBox;
    readonly slot: number;
    readonly unpacked?: UnpackedPicture;
    /** Pixels of a cell, where the terminal is told in pixels. */
    readonly cell?: CellSize;
  },
): DrawnPicture | undefined {
  if (!canDraw(protocol, format) || box.columns < 1 || box.rows < 1) return undefined;
  if (protocol === 'sixel') {
    if (unpacked?.kind !== 'sixel' || cell === undefined) return undefined;
    const columns = Math.ceil(unpacked.width / cell.width);
    const rows = Math.ceil(unpacked.height / cell.height);
    // Where Sixel leaves the cursor, terminals do not agree on.
    return { box: { ...box, columns, rows }, draw: `\u001b7${unpacked.sequence}\u001b8`, erase: '' };
  }
  if (protocol === 'iterm2') return { box, draw: itermSequence(content, box), erase: '' };
  const size = format === 'png' ? pngSize(content) : unpacked?.kind === 'rgb' ? unpacked : undefined;
  if (size === undefined) return undefined;
  const id = firstId + slot;
  const place = fitted(box, size);
  const draw =
    unpacked?.kind === 'rgb'
      ? kittySequence(unpacked.content, place, { id, format: `f=24,o=z,s=${size.width},v=${size.height}` })
      : kittySequence(content, place, { id, format: 'f=100' });
  return { box: place, draw, erase: `\u001b_Ga=d,d=I,i=${id},q=2\u001b\\` };
}
