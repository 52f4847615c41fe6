import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemoServers } from '../../src/demo/demo-servers.ts';
import { openDemoServices } from '../../src/demo/demo-services.ts';
import { replayHistory } from '../../src/demo/replay-history.ts';
import { credentialVariables } from '../../src/demo/run-bindeled.ts';
import { skuOf } from '../../src/demo/shops/scenarios.ts';
import { makeSimulatedClock } from '../../src/demo/simulated-clock.ts';
import { type Opened, type Watched, watch } from './pty.ts';
import { palettes, toSvg } from './terminal-svg.ts';

/** One screen: how a person gets there, and what tells that it has come. */
type Picture = {
  readonly name: string;
  readonly go: (person: Watched) => Promise<void>;
  /** Beside the list, where there is room, stands the product over all shops. */
  readonly pane?: true;
};

/** Looks something up and opens its card, as often as Enter has to be pressed for it. */
const openCard = async (person: Watched, sku: string): Promise<void> => {
  await person.sees('Find ▏');
  person.type(sku);
  await person.sees(`Find ${sku}`);
  person.type('\r');
  await person.sees('Enter open');
  if (!person.shown().includes(`Products › ${sku}`)) person.type('\r');
  await person.sees(`Products › ${sku}`);
  await person.sees(/FR\b/);
};

const pictures: readonly Picture[] = [
  { name: 'today', go: async () => undefined },
  {
    name: 'product',
    go: async (person) => {
      person.type('/');
      await openCard(person, 'SK6001-SO-42');
    },
  },
  {
    name: 'search',
    pane: true,
    go: async (person) => {
      person.type('/');
      await person.sees('Find ▏');
      person.type('jakke');
      await person.sees(/Find jakke[\s\S]*DK✓/);
    },
  },
  {
    name: 'content',
    go: async (person) => {
      person.type('/');
      await openCard(person, 'SK6001-SO-42');
      person.type(']]]');
      await person.sees('Ours follows');
      await person.sees('another picture');
      await person.sees(/SE [^\n]* now\b/);
    },
  },
  {
    name: 'stock',
    go: async (person) => {
      person.type('/');
      await openCard(person, 'LY7702-SO');
      person.type(']]');
      await person.sees('on hand');
      person.type('l');
      await person.sees('our figure changed after the last push');
    },
  },
  {
    name: 'help',
    go: async (person) => {
      person.type('2');
      await person.sees('Stock differs 7');
      person.type('?');
      await person.sees('Esc');
    },
  },
  {
    name: 'integrations',
    pane: true,
    go: async (person) => {
      person.type('2');
      await person.sees('Stock differs 7');
    },
  },
  {
    name: 'shops',
    go: async (person) => {
      person.type('7');
      await person.sees('Nordlys Engros');
    },
  },
  {
    name: 'why',
    go: async (person) => {
      person.type('/');
      await openCard(person, skuOf('removed-by-user'));
      if (!/▌ +[^\n]*× missing/.test(person.shown())) person.type('j');
      await person.sees(/▌ +[^\n]*× missing/);
      person.type('w');
      await person.sees('Troede den var');
    },
  },
  {
    name: 'inactive',
    go: async (person) => {
      person.type('4');
      await person.sees('TE7005');
      // What the shops say of each product comes after the list.
      await person.sees(/TE7005[^\n]*DK–/);
    },
  },
  {
    name: 'conflicts',
    go: async (person) => {
      person.type('5');
      await person.sees('product id is taken');
      person.type('G');
      await person.sees(/▌ +▲ product id is taken/);
      person.type('\r');
      await person.sees('wants the link');
    },
  },
  {
    name: 'push',
    pane: true,
    go: async (person) => {
      person.type('6');
      await person.sees('LY7702');
      // A plan that has grown old while other pictures were drawn is made anew, as a person would.
      if (!person.shown().includes('carry out')) person.type('p');
      await person.sees('a carry out');
    },
  },
  {
    name: 'timeline',
    go: async (person) => {
      person.type('/');
      await openCard(person, 'SK6001-SO-42');
      person.type('t');
      await person.sees(/SE [^\n]*lost its link/);
    },
  },
  {
    name: 'activity',
    go: async (person) => {
      person.type('8');
      await person.sees('Everything that happened, newest first');
      await person.sees('39 links lost');
    },
  },
  {
    name: 'messages',
    go: async (person) => {
      person.type('r');
      await person.sees('was read again');
      person.type('x');
      await person.sees('x: ');
      person.type('!');
      await person.sees('What was said since you opened Bindeled');
    },
  },
  {
    name: 'shop',
    go: async (person) => {
      person.type('7');
      await person.sees(/▌ +· answers/);
      person.type('\r');
      await person.sees('Shops › Nordlys');
    },
  },
  {
    name: 'connect',
    go: async (person) => {
      person.type('7');
      await person.sees('Nordlys Engros');
      person.type('N');
      await person.sees('Save');
    },
  },
  {
    name: 'warehouse',
    go: async (person) => {
      person.type(':');
      await person.sees('Enter OK');
      person.type('warehouse\r');
      await person.sees('Warehouse');
    },
  },
];

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
] as const;
const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const connectors = fileURLToPath(new URL('../../bin/bindeled', import.meta.url));

const themes = ['light', 'dark'] as const;
type Drawn = { readonly file: string; readonly svg: string };

/** Opens the real program, goes where the picture is, and draws what stands there once nothing moves any more. */
async function draw(picture: Picture, theme: (typeof themes)[number], opened: Opened): Promise<Drawn> {
  const person = watch({ ...opened, command: [...opened.command, '--theme', theme] });
  try {
    await person.sees('Needs attention');
    await person.sees('382/387');
    await picture.go(person);
    if (picture.pane === true && opened.columns >= 120) await person.sees('In the shops');
    await person.sees(/^(?![\s\S]*asking the shops now)/);
    await person.settles();
    const file = `${picture.name}-${theme}-${opened.columns}x${opened.rows}.svg`;
    return { file, svg: toSvg(person.terminal, palettes[theme]) };
  } finally {
    person.kill();
    await person.ended;
  }
}

/** What a picture says, without what changes by the hour: ages, dates, ports. */
const lasting = (svg: string): string =>
  Array.from(svg.matchAll(/<text [^>]*>([^<]*)<\/text>/g), (found) => found[1])
    .join(' ')
    .replaceAll('\u00a0', ' ')
    .replace(/just now|\d+ (?:s|min|h|d)\b(?: ago)?|\d{4}-\d\d-\d\d(?: \d\d:\d\d)?|127\.0\.0\.1:\d+/g, '~')
    .replace(/\S*…/g, '…')
    .replace(/\s+/g, ' ');

async function keep({ file, svg }: Drawn): Promise<void> {
  await writeFile(join(folder, file), svg);
  console.log(file);
}

/** Whether the kept picture says what the program says today. */
async function hold({ file, svg }: Drawn): Promise<void> {
  const kept = await readFile(join(folder, file), 'utf8').catch(() => '');
  const fresh = lasting(kept) === lasting(svg);
  console.log(`${fresh ? 'fresh' : 'STALE'}  ${file}`);
  if (!fresh) process.exitCode = 1;
}

/** Draws all pictures, or those named; with `--check` only holds them against the ones that are kept. */
async function drawAll(words: readonly string[]): Promise<void> {
  const wanted = words.filter((word) => !word.startsWith('--'));
  const use = words.includes('--check') ? hold : keep;
  const now = Date.now();
  const servers = await startDemoServers(now);
  const home = await mkdtemp(join(tmpdir(), 'bindeled-pictures-'));
  try {
    const clock = makeSimulatedClock();
    const demoServices = await openDemoServices(home, clock);
    await replayHistory({ demoServices, shops: servers, clock, now, signal: new AbortController().signal });
    await demoServices.close();
    await mkdir(folder, { recursive: true });
    const env = { ...credentialVariables, BINDELED_HOME: home, BINDELED_LANG: 'en', BINDELED_USER: 'mette' };
    for (const picture of pictures.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      for (const theme of themes) {
        for (const size of sizes) await use(await draw(picture, theme, { command: [connectors], ...size, env }));
      }
    }
  } finally {
    await servers.close();
    await rm(home, { recursive: true, force: true });
  }
}

await drawAll(process.argv.slice(2));
