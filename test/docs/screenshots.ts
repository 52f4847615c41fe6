import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startDemoServers } from '../../src/demo/demo-servers.ts';
import { openDemoServices } from '../../src/demo/demo-services.ts';
import { replayHistory } from '../../src/demo/replay-history.ts';
import { credentialVariables } from '../../src/demo/run-bindeled.ts';
import { makeSimulatedClock } from '../../src/demo/simulated-clock.ts';
import { type Picture, pictures } from './pictures.ts';
import { type Opened, watch } from './pty.ts';
import { palettes, toSvg } from './terminal-svg.ts';

const sizes = [
  { columns: 80, rows: 24 },
  { columns: 120, rows: 40 },
  { columns: 200, rows: 60 },
] as const;
const folder = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const connectors = fileURLToPath(new URL('../../bin/bindeled', import.meta.url));

/** What a card says while its shops are asked. */
const asking = 'asking the shops now';
const themes = ['light', 'dark'] as const;
type Drawn = { readonly file: string; readonly svg: string };

/** Opens the real program, goes where the picture is, and draws what stands there once nothing moves any more. */
async function draw(picture: Picture, theme: (typeof themes)[number], opened: Opened): Promise<Drawn> {
  const person = watch({ ...opened, command: [...opened.command, '--theme', theme] });
  try {
    await person.sees(picture.emptyHome === true ? 'Try' : 'Needs attention');
    if (picture.emptyHome !== true) await person.sees('382/387');
    await picture.go(person);
    if (picture.pane === true && opened.columns >= 120) await person.sees('In the shops');
    await person.settles();
    // A card asks the shops once it has rested a moment, and stands still meanwhile.
    if (person.shown().includes(asking)) {
      await person.sees(new RegExp(`^(?![\\s\\S]*${asking})`));
      await person.settles();
    }
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
  const emptyHome = await mkdtemp(join(tmpdir(), 'bindeled-pictures-'));
  try {
    const clock = makeSimulatedClock();
    const demoServices = await openDemoServices(home, clock);
    await replayHistory({ demoServices, shops: servers, clock, now, signal: new AbortController().signal });
    await demoServices.close();
    await mkdir(folder, { recursive: true });
    const env = { ...credentialVariables, BINDELED_HOME: home, BINDELED_LANG: 'en', BINDELED_USER: 'mette' };
    const atHome = (picture: Picture) => (picture.emptyHome === true ? { ...env, BINDELED_HOME: emptyHome } : env);
    for (const picture of pictures.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
      for (const theme of themes) {
        for (const size of sizes)
          await use(await draw(picture, theme, { command: [connectors], ...size, env: atHome(picture) }));
      }
    }
  } finally {
    await servers.close();
    for (const made of [home, emptyHome]) await rm(made, { recursive: true, force: true });
  }
}

await drawAll(process.argv.slice(2));
