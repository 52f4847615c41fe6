import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { liveThePast } from './past.ts';
import { type Opened, type Watched, watch } from './pty.ts';
import { credentialVariables } from './real-program.ts';
import { openStreet } from './shopping-street.ts';
import { storyClock } from './story-clock.ts';
import { palettes, toSvg } from './svg.ts';
import { skuOf } from './troubles.ts';
import { openWarehouse } from './warehouse.ts';

/** One screen: how a person gets there, and what tells that it has come. */
type Picture = { readonly name: string; readonly go: (person: Watched) => Promise<void> };

const find = async (person: Watched, text: string): Promise<void> => {
  person.type('/');
  person.type(text);
  await person.sees(text);
  person.type('\r');
};

const pictures: readonly Picture[] = [
  {
    name: 'product',
    go: async (person) => {
      await find(person, 'SK6001-SO-42');
      await person.sees(/4 of 5/);
    },
  },
  {
    name: 'why',
    go: async (person) => {
      await find(person, skuOf('removed-by-user'));
      await person.sees(/4 of 5/);
      person.type('w');
      await person.sees(/mette/);
    },
  },
  {
    name: 'inactive',
    go: async (person) => {
      person.type('4');
      await person.sees('TE7005');
    },
  },
  {
    name: 'conflicts',
    go: async (person) => {
      person.type('5');
      await person.sees('LY7709');
    },
  },
  {
    name: 'push',
    go: async (person) => {
      person.type('6');
      await person.sees('LY7713');
    },
  },
];

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 36 },
] as const;
const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const door = fileURLToPath(new URL('../../bin/bindeled', import.meta.url));

/** Opens the real program, goes where the picture is, and draws what stands there. */
async function draw(picture: Picture, opened: Opened): Promise<void> {
  const person = watch(opened);
  try {
    await person.sees('Bindeled');
    await picture.go(person);
    for (const theme of ['light', 'dark'] as const) {
      const name = `${picture.name}-${theme}-${opened.columns}x${opened.rows}.svg`;
      await writeFile(join(folder, name), toSvg(person.terminal, palettes[theme]));
      console.log(name);
    }
  } finally {
    person.kill();
  }
}

async function drawAll(wanted: readonly string[]): Promise<void> {
  const now = Date.now();
  const street = await openStreet(now);
  const home = await mkdtemp(join(tmpdir(), 'bindeled-pictures-'));
  try {
    const clock = storyClock();
    const warehouse = await openWarehouse(home, clock);
    await liveThePast({ warehouse, shops: street, clock, now, signal: new AbortController().signal });
    await warehouse.close();
    await mkdir(folder, { recursive: true });
    const env = { ...credentialVariables, BINDELED_HOME: home, BINDELED_LANG: 'en', BINDELED_USER: 'mette' };
    for (const picture of pictures.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      for (const size of sizes) await draw(picture, { command: [door], ...size, env });
    }
  } finally {
    await street.close();
    await rm(home, { recursive: true, force: true });
  }
}

await drawAll(process.argv.slice(2));
