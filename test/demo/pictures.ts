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

/** Looks something up and opens its card, as often as Enter has to be pressed for it. */
const openCard = async (person: Watched, sku: string): Promise<void> => {
  await person.sees('Find ▏');
  person.type(sku);
  await person.sees(`Find ${sku}`);
  person.type('\r');
  await person.sees('Enter open');
  if (!person.shown().includes(`Products › ${sku}`)) person.type('\r');
  await person.sees(`Products › ${sku}`);
  await person.sees('Nordlys Outdoor EU');
};

const pictures: readonly Picture[] = [
  {
    name: 'product',
    go: async (person) => {
      person.type('/');
      await openCard(person, 'SK6001-SO-42');
    },
  },
  {
    name: 'why',
    go: async (person) => {
      person.type('/');
      await openCard(person, skuOf('removed-by-user'));
      if (!/▌ +× missing/.test(person.shown())) person.type('j');
      await person.sees(/▌ +× missing/);
      person.type('w');
      await person.sees('Troede den var');
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
      await person.sees('product id is taken');
      person.type('G');
      await person.sees(/▌ +▲ product id is taken/);
      person.type('\r');
      await person.sees('wants the link');
    },
  },
  {
    name: 'push',
    go: async (person) => {
      person.type('6');
      await person.sees('LY7702');
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
    await person.sees('Needs somebody');
    await person.sees('382 linked');
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
