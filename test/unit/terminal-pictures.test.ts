import { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { makeDiffRenderer } from '../../components/terminal/diff-renderer.ts';
import { pngOf } from '../../src/demo/simulators/pictures.ts';
import { pictureProtocolOf } from '../../src/runtime/terminal/picture-support.ts';
import type { ShownPicture } from '../../src/services/pictures/picture-service.ts';
import { drawnPicture } from '../../src/views/terminal/picture.ts';

const boot: ShownPicture = { format: 'png', content: pngOf('boot') };
const box = { row: 2, column: 4, columns: 20, rows: 6 };

test.each([
  [{ TERM: 'xterm-kitty' }, 'kitty'],
  [{ TERM: 'xterm-256color', KITTY_WINDOW_ID: '1' }, 'kitty'],
  [{ TERM: 'xterm-ghostty' }, 'kitty'],
  [{ KONSOLE_VERSION: '230401' }, 'kitty'],
  [{ KONSOLE_VERSION: '210401' }, 'ask'],
  [{ TERM_PROGRAM: 'iTerm.app' }, 'iterm2'],
  [{ TERM: 'xterm-256color', LC_TERMINAL: 'iTerm2' }, 'iterm2'],
  [{ TERM_PROGRAM: 'WezTerm' }, 'iterm2'],
  [{ TERM: 'xterm-256color' }, 'ask'],
  [{ TERM: 'xterm-kitty', TMUX: '/tmp/tmux-0/default,1,0' }, 'ask'],
  [{ TERM: 'xterm-kitty', STY: '123.pts-0' }, undefined],
  [{ TERM: 'xterm-kitty', NO_COLOR: '1' }, undefined],
])('what a terminal says of itself decides how it draws: %j', (env, expected) => {
  expect(pictureProtocolOf('auto', env)).toBe(expected);
  expect(pictureProtocolOf('off', env)).toBeUndefined();
});

test('the setting names a protocol for a terminal that does not say who it is', () => {
  expect(pictureProtocolOf('kitty', { TERM: 'xterm-256color' })).toBe('kitty');
});

test('kitty gets PNG in chunks that it never answers, in the proportions of the picture, and takes it away by its number', () => {
  const large: ShownPicture = { format: 'png', content: Buffer.concat([boot.content, Buffer.alloc(9_000, 0xff)]) };
  const drawn = drawnPicture('kitty', large, { box, slot: 1 });
  const chunks = [...(drawn?.draw ?? '').matchAll(/\u001b_G([^;]*);([A-Za-z0-9+/=]*)\u001b\\/g)];
  expect(chunks.map(([whole]) => whole).join('')).toBe(drawn?.draw);
  expect(chunks.length).toBeGreaterThan(2);
  expect(chunks.every(([, keys = '', letters = '']) => keys.includes('q=2') && letters.length <= 4096)).toBe(true);
  expect(chunks.map(([, keys = '']) => /m=(\d)/.exec(keys)?.[1])).toEqual([...chunks.slice(1).map(() => '1'), '0']);
  expect(Buffer.from(chunks.map(([, , letters]) => letters).join(''), 'base64')).toEqual(large.content);
  // A square takes twice as many columns as rows.
  expect(drawn?.box).toEqual({ ...box, columns: 12, rows: 6 });
  expect(chunks[0]?.[1]).toMatch(/i=62002,.*c=12,r=6/);
  expect(drawn?.erase).toBe('\u001b_Ga=d,d=I,i=62002,q=2\u001b\\');
});

test('iTerm2 gets any picture as base64, and nothing of it can be a sequence of its own', () => {
  const content = Buffer.from('\u001b]0;owned\u0007\u001b[2J');
  const drawn = drawnPicture('iterm2', { format: 'jpeg', content }, { box, slot: 0 });
  const [, letters = ''] =
    /^\u001b\]1337;File=inline=1;size=\d+;width=20;height=6;[^:]*:([A-Za-z0-9+/=]+)\u0007$/.exec(drawn?.draw ?? '') ??
    [];
  expect(Buffer.from(letters, 'base64')).toEqual(content);
});

test('inside tmux nothing is drawn that tmux would keep, whatever the setting says', () => {
  const env = { TERM: 'xterm-kitty', TMUX: '/tmp/tmux-0/default,1,0' };
  expect(pictureProtocolOf('kitty', env)).toBeUndefined();
  expect(pictureProtocolOf('sixel', env)).toBe('ask');
});

test('what this terminal cannot draw, and a picture that would unpack to a giant, is not sent', () => {
  const giant = Buffer.from(boot.content);
  giant.writeUInt32BE(100_000, 16);
  giant.writeUInt32BE(100_000, 20);
  expect(
    drawnPicture('kitty', { format: 'jpeg', content: Buffer.from([0xff, 0xd8, 0xff]) }, { box, slot: 0 }),
  ).toBeUndefined();
  expect(drawnPicture('kitty', { format: 'png', content: giant }, { box, slot: 0 })).toBeUndefined();
  expect(
    drawnPicture('kitty', { format: 'png', content: boot.content.subarray(0, 12) }, { box, slot: 0 }),
  ).toBeUndefined();
});

/** The renderer on a terminal of 40 by 10, and what it was sent since the last look. */
function openRenderer() {
  const sent: string[] = [];
  const stdout = Object.assign(new EventEmitter(), {
    columns: 40,
    rows: 10,
    write: (text: string) => sent.push(text) > 0,
  }) as unknown as NodeJS.WriteStream;
  const screen = makeDiffRenderer(stdout);
  return {
    screen,
    stdout,
    frame: (text: string) => {
      for (const part of ['\u001b[?2026h', `\u001b[2J\u001b[H${text}`, '\u001b[?2026l']) screen.output.write(part);
    },
    sent: () => sent.splice(0).join(''),
  };
}

test('a picture is drawn once in its place, survives frames that leave it alone, and is drawn again after a whole repaint', () => {
  const { screen, stdout, frame, sent } = openRenderer();
  const drawn = drawnPicture('iterm2', boot, { box: { ...box, rows: 3 }, slot: 0 });
  if (drawn === undefined) throw new Error('not drawn');
  frame('Sko 41');
  sent();
  screen.showPictures([drawn]);
  expect(sent()).toContain(`\u001b[3;5H${drawn.draw}`);
  frame('Sko 42');
  expect(sent()).not.toContain('1337');
  screen.showPictures([drawn]);
  expect(sent()).toBe('');
  screen.repaint();
  expect(sent()).toMatch(/\u001b\[2J.*1337/s);
  stdout.emit('resize');
  frame('Sko 42');
  expect(sent()).toMatch(/\u001b\[2J.*1337/s);
  // Letters that were written over it are its end: it is drawn anew when they go.
  frame('Sko 42\n\n\n     x');
  frame('Sko 42');
  expect(sent()).toContain(drawn.draw);
});

test('a picture that is taken away leaves no cell of it standing, though the frames never wrote there', () => {
  const { screen, frame, sent } = openRenderer();
  const drawn = drawnPicture('kitty', boot, { box: { ...box, columns: 6, rows: 3 }, slot: 0 });
  if (drawn === undefined) throw new Error('not drawn');
  frame('Sko 41');
  screen.showPictures([drawn]);
  sent();
  screen.showPictures([]);
  const erased = sent();
  expect(erased).toContain(drawn.erase);
  for (const row of [3, 4, 5]) expect(erased).toMatch(new RegExp(`\u001b\\[${row};5H|\u001b\\[B`));
  expect(erased.match(/\u001b\[K|\u001b\[\d+X| {6}/g)).toHaveLength(3);
  frame('Sko 41');
  expect(sent()).toBe('');
});
