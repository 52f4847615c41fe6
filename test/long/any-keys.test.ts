import { rm } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { storedShop } from '../support/stored-shop.ts';
import { openInTerminal, type Terminal } from '../support/terminal.ts';

// The program is started anew for each test, and the machine may be busy.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });

let home = '';
let seen: Terminal | undefined;
beforeAll(async () => {
  home = await storedShop();
});
afterEach(() => seen?.kill('SIGKILL'));
afterAll(() => rm(home, { recursive: true, force: true }));

const redraw = '\u000c';
/** Keys that look, move and open; none that changes something, so that the seeds do not disturb each other. */
const some = [
  ...['1', '2', '4', '5', '6', '7', '8', '?', '!', 'j', 'j', 'k', 'G', 'g', 'w', 't', '-', 'v', '*', ' ', 'L', 's'],
  ...['/', ':', '\u001b', '\u001b', '\t', '\r', '\u001b[B', '\u001b[A', '\u001b[C', '\u001b[5~', '\u001b[6~', 'jjjjj'],
  ...['SKO-017\r', '\u001b[200~støvle\u001b[201~', 'æø'],
];
const sizes = [
  [200, 60],
  [80, 24],
  [40, 10],
  [120, 36],
  [60, 15],
] as const;

/** Without the line of what was said: it comes and goes by itself. Blanks at the end of a line are not seen. */
const steady = (screen: string): readonly string[] =>
  screen
    .split('\n')
    .slice(0, -2)
    .map((line) => line.trimEnd());

test.each([1, 2, 3, 4])('whatever is pressed, the screen is what a fresh draw shows (seed %i)', async (seed) => {
  const random = makeRandom(seed);
  const me = openInTerminal({ columns: 80, rows: 24, env: { BINDELED_HOME: home, BINDELED_READ_ONLY: '1' } });
  seen = me;
  await me.sees('Bindeled');
  for (let round = 0; round < 5; round += 1) {
    for (let press = 0; press < 6; press += 1) me.type(random.pick(some));
    const [columns, rows] = random.pick(sizes);
    if (random.below(2) === 0) await me.resize(columns, rows);
    await me.quiet();
    const before = steady(me.shown());
    const sent = me.bytes().length;
    me.type(redraw);
    await me.wrote(sent);
    await me.quiet();
    expect(steady(me.shown())).toEqual(before);
  }
});
