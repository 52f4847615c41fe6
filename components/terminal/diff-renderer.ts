import type { CellBox, DrawnPicture } from '../../src/views/terminal/picture.ts';
import { blankRow, type Grid, makeScreenBuffer } from '../../src/views/terminal/screen-buffer.ts';
import { screenDiff } from '../../src/views/terminal/screen-diff.ts';

const begin = '\u001b[?2026h';
const end = '\u001b[?2026l';
/** Where nothing is known of what the terminal shows, it is made blank first. */
const clearScreen = '\u001b[2J';

/** A cell of which nobody knows what the terminal shows. */
const unknownCell = { text: '\u0000', look: '' };

/** The cells under pictures that are gone: a blank that stays a blank would leave them standing. */
const withoutBoxes = (grid: Grid, boxes: readonly CellBox[]): Grid =>
  grid.map((cells, row) => {
    const here = boxes.filter((box) => row >= box.row && row < box.row + box.rows);
    return here.length === 0
      ? cells
      : cells.map((cell, column) =>
          here.some((box) => column >= box.column && column < box.column + box.columns) ? unknownCell : cell,
        );
  });

const isTouched = (before: Grid, after: Grid, box: CellBox): boolean =>
  screenDiff(partOf(before, box), partOf(after, box)) !== '';
const partOf = (grid: Grid, { row, column, rows, columns }: CellBox): Grid =>
  grid.slice(row, row + rows).map((cells) => cells.slice(column, column + columns));

const drawnAt = ({ box, draw }: DrawnPicture): string => `\u001b[${box.row + 1};${box.column + 1}H${draw}`;

const copyOf = (grid: Grid): Grid => grid.map((row) => [...row]);

/** A screen that is entered twice is blank for a moment on some terminals. */
const withoutEntering = (text: string): string => text.replaceAll(/\u001b\[\?(?:1049h|25l)/g, '');

export type DiffRenderer<Output> = {
  /** For Ink to write to. */
  readonly output: Output;
  /** Draws pictures over cells that the frames leave blank; those before are taken away. */
  showPictures(pictures: readonly DrawnPicture[]): void;
  /** Draws the whole screen anew, for when something else has written over it. */
  repaint(): void;
};

/**
 * A terminal's output between Ink and a slow link: each frame is laid out in memory, and only the cells that changed
 * are sent, inside synchronized output. Ink itself sends a changed line from its first change to its end, which at
 * 200 columns is three times as much for one press of an arrow. `standing` is what was sent to the screen before,
 * where somebody has entered the alternate screen already.
 */
export function makeDiffRenderer<Output extends NodeJS.WriteStream>(
  stdout: Output,
  initialScreen?: string,
): DiffRenderer<Output> {
  const buffer = makeScreenBuffer(stdout.columns, stdout.rows);
  let shown: Grid | undefined;
  if (initialScreen !== undefined) {
    buffer.write(initialScreen);
    shown = copyOf(buffer.grid());
    buffer.write('\u001b[2J\u001b[H\u001b[m');
  }
  let inFrame = false;
  let pictures: readonly DrawnPicture[] = [];
  /** Pictures that do not stand on the screen yet, and what takes those away that are gone. */
  const due = new Set<DrawnPicture>();
  let erased = '';

  const flush = (): string => {
    const grid = buffer.grid();
    const cleared = grid.map(() => blankRow(stdout.columns));
    const before = shown ?? cleared;
    const drawn = pictures.filter((one) => shown === undefined || due.has(one) || isTouched(before, grid, one.box));
    const changes =
      erased + (shown === undefined ? clearScreen : '') + screenDiff(before, grid) + drawn.map(drawnAt).join('');
    shown = copyOf(grid);
    erased = '';
    due.clear();
    return changes === '' ? '' : begin + changes + end;
  };
  const draw = (text: string): string => {
    if (text === begin) {
      buffer.resize(stdout.columns, stdout.rows);
      inFrame = true;
      return '';
    }
    if (text === end && inFrame) {
      inFrame = false;
      return flush();
    }
    const said = buffer.write(text);
    const unhandled = initialScreen === undefined ? said : withoutEntering(said);
    // Between frames things are said that belong to no frame (the alternate screen, the cursor hidden).
    if (unhandled !== '') shown = undefined;
    return unhandled;
  };
  const write = (text: string, whenDone?: () => void): boolean => {
    const sent = draw(text);
    return sent === '' && whenDone === undefined ? true : stdout.write(sent, whenDone);
  };
  stdout.on('resize', () => {
    shown = undefined;
  });
  const output = new Proxy(stdout, {
    get(target, name) {
      if (name === 'write') return write;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
  return {
    output,
    showPictures(next) {
      const gone = pictures.filter((one) => !next.includes(one));
      if (shown !== undefined)
        shown = withoutBoxes(
          shown,
          gone.map(({ box }) => box),
        );
      erased += gone.map(({ erase }) => erase).join('');
      for (const one of next) if (!pictures.includes(one)) due.add(one);
      pictures = next;
      if (!inFrame) stdout.write(flush());
    },
    repaint() {
      shown = undefined;
      stdout.write(flush());
    },
  };
}
