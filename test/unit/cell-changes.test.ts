import xterm from '@xterm/headless';
import { expect, test } from 'vitest';
import { cellChanges } from '../../src/views/terminal/cell-changes.ts';
import { nextLook, paperScreen } from '../../src/views/terminal/cells.ts';
import { makeDice } from '../support/dice.ts';

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
  const dice = makeDice(seed);
  const [whole, spared, paper] = [openScreen(), openScreen(), paperScreen(columns, rows)];
  let before = paper.grid().map((row) => [...row]);
  const line = (): string =>
    Array.from({ length: 1 + dice.roll(3) }, () => `${dice.pick(looks)}${dice.pick(words)}\u001b[0m`).join(' ');
  for (let frame = 0; frame < 25; frame += 1) {
    const at = dice.roll(rows);
    const text = `\u001b[H${'\u001b[E'.repeat(at)}\u001b[K\u001b[${1 + dice.roll(columns)}G\u001b[K`;
    const short = line();
    await told(whole, `${text}\u001b[G${short}\u001b[0m`);
    paper.take(`${text}\u001b[G${short}\u001b[0m`);
    const grid = paper.grid();
    await told(spared, cellChanges(before, grid));
    before = grid.map((row) => [...row]);
    expect(seen(spared)).toEqual(seen(whole));
  }
});

test('the same frame again costs nothing', () => {
  const paper = paperScreen(columns, rows);
  paper.take('\u001b[H\u001b[31mSko\u001b[39m');
  expect(cellChanges(paper.grid(), paper.grid())).toBe('');
});

test('one changed figure costs its cells and the way there', () => {
  const paper = paperScreen(columns, rows);
  paper.take('\u001b[HSko   41');
  const before = paper.grid().map((row) => [...row]);
  paper.take('\u001b[HSko   42');
  expect(cellChanges(before, paper.grid())).toBe('\u001b[1;8H2');
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
  expect(paperScreen(columns, rows).take('\u001b[?25l\u001b[HSko\u001b[?1049h')).toBe('\u001b[?25l\u001b[?1049h');
});
