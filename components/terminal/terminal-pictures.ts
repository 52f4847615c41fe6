import type {
  CellSize,
  DrawnPicture,
  PictureProtocol,
  UnpackedPicture,
  UnpackRequest,
} from '../../src/views/terminal/picture.ts';

/** Draws pictures over blank cells, in place of those before. */
export type TerminalPictures = {
  /** How the terminal draws; absent where it cannot, or has not said yet. */
  readonly protocol: () => PictureProtocol | undefined;
  readonly cell: () => CellSize;
  /** Asks a terminal that does not say by its name what it can. */
  readonly ask: () => void;
  readonly subscribe: (listener: () => void) => () => void;
  readonly show: (pictures: readonly DrawnPicture[]) => void;
  /** Nothing where a picture cannot be unpacked. */
  readonly unpack: (request: UnpackRequest) => Promise<UnpackedPicture | undefined>;
};

/** Where the terminal does not say how large its cells are: no smaller ones are in use. */
const smallestCell: CellSize = { width: 8, height: 16 };

// How large a cell is, and what the terminal is: every terminal answers the second one, so that the first answer has
// come by then or never comes.
const question = '\u001b[16t\u001b[c';
const cellAnswer = /^\u001b\[6;(\d{1,3});(\d{1,3})t$/;
const deviceAnswer = /^\u001b\[\?([\d;]*)c$/;
/** What a terminal that draws Sixel says among its attributes (DA1). */
const sixelAttribute = '4';

type Parts = Pick<TerminalPictures, 'show' | 'unpack'> & {
  /** By its name or by a setting; `ask`: what it answers decides. */
  readonly known: PictureProtocol | 'ask';
  readonly write: (sequence: string) => void;
};

/** Pictures on a terminal, and what is told of its answers (`hear`). Nothing is asked before a picture is wanted. */
export function makeTerminalPictures({ known, write, show, unpack }: Parts): TerminalPictures & {
  hear(sequence: string): void;
} {
  const listeners = new Set<() => void>();
  let protocol = known === 'ask' ? undefined : known;
  let cell = smallestCell;
  // The others scale a picture to its cells by themselves.
  let isAsked = known !== 'ask' && known !== 'sixel';
  const changed = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    protocol: () => protocol,
    cell: () => cell,
    ask() {
      if (isAsked) return;
      isAsked = true;
      write(question);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    show,
    unpack,
    hear(sequence) {
      const size = cellAnswer.exec(sequence);
      const [height, width] = [Number(size?.[1]), Number(size?.[2])];
      if (width > 0 && height > 0) cell = { width, height };
      const attributes = deviceAnswer.exec(sequence)?.[1]?.split(';') ?? [];
      if (protocol === undefined && isAsked && attributes.slice(1).includes(sixelAttribute)) protocol = 'sixel';
      else if (size === null) return;
      changed();
    },
  };
}
