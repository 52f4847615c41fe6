import xterm from '@xterm/headless';
import { expect, test, vi } from 'vitest';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { makeScreenBuffer, nextLook } from '../../src/views/terminal/screen-buffer.ts';
import { screenDiff } from '../../src/views/terminal/screen-diff.ts';

// Much is computed, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const columns = 24;
const rows = 6;
const looks = ['', '\u001b[31m', '\u001b[1m', '\u001b[30m\u001b[46m', '\u001b[90m', '\u001b[4m', '\u001b[1m\u001b[33m'];
const words = ['Sko', 'æøå', '日本', '●', '    ', 'x', '▌', 'Lyskæde', '1.234'];

type Screen = InstanceType<typeof xterm.Terminal>;
const openScreen = (): Screen => new xterm.Terminal({ cols: columns, rows, allowProposedApi: true, convertEol: true });
const told = (screen: Screen, text: string): Promise<void> => new Promise((resolve) => screen.write(text, resolve));
/** Every cell with all that is seen of it; what colour a blank's missing letter has is not. */
const seen = (screen: Screen): string[] =>
  Array.from({ length: rows * columns }, (_, at) => {
    const cell = screen.buffer.active.getLine(Math.floor(at / columns))?.getCell(at % columns);
    if (cell === undefined) return '';
    const letter = cell.getChars() || (cell.getWidth() === 0 ? '' : ' ');
    const front = letter === ' ' ? '' : `${cell.getFgColorMode()} ${cell.getFgColor()} ${cell.isBold()}`;
    return `${letter}|${front}|${cell.getBgColorMode()} ${cell.getBgColor()}|${cell.isUnderline()}`;
  });

test.each(
  Array.from({ length: 12 }, (_, seed) => [seed + 1]),
)('a terminal told only the changed cells shows what one told everything shows (made-up frames, seed %i)', async (seed) => {
  const random = makeRandom(seed);
  const [whole, spared, paper] = [openScreen(), openScreen(), makeScreenBuffer(columns, rows)];
  let before = paper.grid().map((row) => [...row]);
  const line = (): string =>
    Array.from({ length: 1 + random.below(3) }, () => `${random.pick(looks)}${random.pick(words)}\u001b[0m`).join(' ');
  for (let frame = 0; frame < 25; frame += 1) {
    const at = random.below(rows);
    const text = `\u001b[H${'\u001b[E'.repeat(at)}\u001b[K\u001b[${1 + random.below(columns)}G\u001b[K`;
    const short = line();
    await told(whole, `${text}\u001b[G${short}\u001b[0m`);
    paper.write(`${text}\u001b[G${short}\u001b[0m`);
    const grid = paper.grid();
    await told(spared, screenDiff(before, grid));
    before = grid.map((row) => [...row]);
    expect(seen(spared)).toEqual(seen(whole));
  }
});

test('the same frame again costs nothing', () => {
  const paper = makeScreenBuffer(columns, rows);
  paper.write('\u001b[H\u001b[31mSko\u001b[39m');
  expect(screenDiff(paper.grid(), paper.grid())).toBe('');
});

test('one changed figure costs its cells and the way there', () => {
  const paper = makeScreenBuffer(columns, rows);
  paper.write('\u001b[HSko   41');
  const before = paper.grid().map((row) => [...row]);
  paper.write('\u001b[HSko   42');
  expect(screenDiff(before, paper.grid())).toBe('\u001b[1;8H2');
});

test.each([
  ['', '31', '31'],
  ['31', '1', '1;31'],
  ['1;31', '39', '1'],
  ['1;31', '22', '31'],
  ['1', '2', '1;2'],
  ['1;2', '22', ''],
  ['46;30', '49', '30'],
  ['31', '0', ''],
  ['31', '', ''],
  ['31', '38;5;208', '38;5;208'],
  ['7', '27', ''],
])('after %j comes %j: %j', (look, parameters, after) => {
  expect(nextLook(look, parameters).split(';').toSorted()).toEqual(after.split(';').toSorted());
});

test('what is no part of a frame is handed back to be sent as it is', () => {
  expect(makeScreenBuffer(columns, rows).write('\u001b[?25l\u001b[HSko\u001b[?1049h')).toBe('\u001b[?25l\u001b[?1049h');
});
