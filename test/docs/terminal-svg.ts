import type { Terminal } from '@xterm/headless';
import { widthOf } from '../../src/views/text/cell-text.ts';

type Look = { readonly ink: string; readonly paper: string; readonly bold: boolean; readonly dim: boolean };
type Run = Look & { readonly at: number; readonly width: number; readonly text: string };

/** The sixteen colours and the two of the terminal itself. */
export type Palette = { readonly ink: string; readonly paper: string; readonly colours: readonly string[] };

export const palettes: Readonly<Record<'light' | 'dark', Palette>> = {
  light: {
    ink: '#24292f',
    paper: '#ffffff',
    colours: [
      ...['#24292f', '#b3261e', '#116329', '#7d4e00', '#0550ae', '#8250df', '#0a6c74', '#57606a'],
      ...['#57606a', '#cf222e', '#1a7f37', '#9a6700', '#0969da', '#a475f9', '#1b7c83', '#8c959f'],
    ],
  },
  dark: {
    ink: '#d6dde6',
    paper: '#12161c',
    colours: [
      ...['#12161c', '#ff7b72', '#56d364', '#e3b341', '#79c0ff', '#d2a8ff', '#56d4dd', '#b1bac4'],
      ...['#6e7681', '#ffa198', '#7ee787', '#f2cc60', '#a5d6ff', '#e2c5ff', '#76e3ea', '#ffffff'],
    ],
  },
};

const cell = { width: 8.4, height: 18 };
const margin = 12;

const shade = (number: number, palette: Palette): string => {
  const standing = palette.colours[number];
  if (standing !== undefined) return standing;
  if (number >= 232) return `rgb(${Array(3).fill((number - 232) * 10 + 8)})`;
  const levels = [0, 95, 135, 175, 215, 255];
  const at = number - 16;
  return `rgb(${[Math.floor(at / 36), Math.floor(at / 6) % 6, at % 6].map((level) => levels[level])})`;
};

/** One row of the screen as runs of cells that look alike. */
function runsOf(terminal: Terminal, row: number, palette: Palette): readonly Run[] {
  const line = terminal.buffer.active.getLine(row);
  const runs: Run[] = [];
  for (let at = 0; at < terminal.cols; at += 1) {
    const one = line?.getCell(at);
    if (one === undefined || one.getWidth() === 0) continue;
    const colour = (isDefault: boolean, isRgb: boolean, value: number, otherwise: string): string =>
      isDefault ? otherwise : isRgb ? `#${value.toString(16).padStart(6, '0')}` : shade(value, palette);
    const runner = colour(one.isFgDefault(), one.isFgRGB(), one.getFgColor(), palette.ink);
    const back = colour(one.isBgDefault(), one.isBgRGB(), one.getBgColor(), palette.paper);
    const turned = one.isInverse() !== 0;
    const look: Look = {
      ink: turned ? back : runner,
      paper: turned ? runner : back,
      bold: one.isBold() !== 0,
      dim: one.isDim() !== 0,
    };
    const text = one.getChars() || ' ';
    const last = runs.at(-1);
    const same =
      last !== undefined &&
      (['ink', 'paper', 'bold', 'dim'] as const).every((name) => last[name] === look[name]) &&
      last.at + last.width === at;
    if (same) runs[runs.length - 1] = { ...last, text: last.text + text, width: last.width + one.getWidth() };
    else runs.push({ ...look, at, text, width: one.getWidth() });
  }
  return runs;
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll(' ', '\u00a0');
const round = (value: number): number => Math.round(value * 10) / 10;

function drawn(run: Run, row: number, palette: Palette): string {
  const [x, y, width] = [
    round(margin + run.at * cell.width),
    margin + row * cell.height,
    round(run.width * cell.width),
  ];
  const ground =
    run.paper === palette.paper
      ? ''
      : `<rect x="${x}" y="${y}" width="${width}" height="${cell.height}" fill="${run.paper}"/>`;
  if (run.text.trim() === '') return ground;
  const weight = run.bold ? ' font-weight="bold"' : '';
  const faint = run.dim ? ' opacity=".65"' : '';
  // Words that stand apart are placed apart: a font that is a little wider moves no column.
  const words = Array.from(run.text.matchAll(/\S+(?: \S+)*/g), (word) => {
    const [from, wide] = [widthOf(run.text.slice(0, word.index)), widthOf(word[0])];
    const [start, length] = [round(x + from * cell.width), round(wide * cell.width)];
    return `<text x="${start}" y="${y + 13.5}" textLength="${length}" fill="${run.ink}"${weight}${faint}>${escaped(word[0])}</text>`;
  });
  return ground + words.join('');
}

/** The screen of a terminal as an SVG that needs nothing but a monospaced font. */
export function toSvg(terminal: Terminal, palette: Palette): string {
  const [width, height] = [margin * 2 + terminal.cols * cell.width, margin * 2 + terminal.rows * cell.height];
  const rows = Array.from({ length: terminal.rows }, (_, row) =>
    runsOf(terminal, row, palette)
      .map((run) => drawn(run, row, palette))
      .join(''),
  ).filter((row) => row !== '');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${round(width)}" height="${height}" viewBox="0 0 ${round(width)} ${height}">`,
    `<rect width="100%" height="100%" rx="8" fill="${palette.paper}" stroke="#8c959f" stroke-opacity=".4"/>`,
    `<g font-family="ui-monospace,'SF Mono','DejaVu Sans Mono',Menlo,Consolas,monospace" font-size="14" lengthAdjust="spacing">`,
    ...rows,
    '</g>',
    '</svg>',
    '',
  ].join('\n');
}
