import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { noChanges, refKey } from '../../src/domain/changes.ts';
import { toShopId } from '../../src/domain/ids.ts';
import type { StoreReader } from '../../src/ports/store.ts';
import { partsThere } from '../store/children/numbered-change.ts';
import { openNamed } from './children/open-named.ts';

const writer = fileURLToPath(new URL('children/writer.ts', import.meta.url));

/** A writer in a process of its own, and what it had confirmed. */
export type Life = {
  readonly name: string;
  readonly child: ChildProcess;
  readonly ready: Promise<void>;
  readonly ended: Promise<void>;
  readonly confirmed: readonly number[];
  /** Resolves when it has had another change confirmed. */
  readonly goesOn: () => Promise<void>;
};

/** Starts a writer. `under` is what it is run by: a network namespace, for one. */
export function startLife(where: string, name: string, under: readonly string[] = []): Life {
  const [command = process.execPath, ...args] = [...under, process.execPath, writer, where, name];
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const confirmed: number[] = [];
  let told = '';
  let trouble = '';
  let onLine: (() => void)[] = [];
  let isReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => {
    isReady = resolve;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    trouble += text;
  });
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const lines = (told + text).split('\n');
    told = lines.pop() ?? '';
    for (const line of lines) {
      if (line === 'ready') isReady();
      else confirmed.push(Number(line));
    }
    for (const call of onLine.splice(0)) call();
  });
  const ended = new Promise<void>((resolve, reject) => {
    child.on('close', (code, signal) => {
      isReady();
      for (const call of onLine) call();
      onLine = [];
      if (signal === 'SIGKILL' || code === 0) resolve();
      else reject(new Error(`writer ${name} ended by itself: ${trouble}`));
    });
  });
  ended.catch(() => undefined);
  const goesOn = async (): Promise<void> => {
    await Promise.race([new Promise<void>((resolve) => void onLine.push(resolve)), ended]);
    if (child.exitCode !== null) await ended;
  };
  return { name, child, ready, ended, confirmed, goesOn };
}

/** Ends whoever still lives, so that no child outlasts its test. */
export function endAll(lives: readonly Life[]): void {
  for (const { child } of lives) child.kill('SIGKILL');
}

export async function kill({ child, ended }: Life): Promise<void> {
  child.kill('SIGKILL');
  await ended;
}

/**
 * Looks whether everything that was confirmed is there whole, nothing by halves or twice, and both laws hold; in one
 * transaction, since others may be writing. Throws a sentence where not. Answers how many changes are there.
 */
export async function inspect(where: string, lives: readonly Pick<Life, 'name' | 'confirmed'>[]): Promise<number> {
  const { store } = await openNamed(where);
  const before = lives.map(({ name, confirmed }) => ({ name, confirmed: [...confirmed] }));
  let there = 0;
  try {
    await store.change(async (now) => {
      there = await inspectAt(now, before);
      return noChanges;
    });
    return there;
  } finally {
    await store.close();
  }
}

async function inspectAt(now: StoreReader, lives: readonly Pick<Life, 'name' | 'confirmed'>[]): Promise<number> {
  const parts = await partsThere(now);
  const halves = [...parts].filter(([, count]) => count !== 3);
  if (halves.length > 0) throw new Error(`by halves or twice: ${halves.slice(0, 5).join('; ')}`);
  for (const { name, confirmed } of lives) {
    const lost = confirmed.find((number) => !parts.has(`${name}-${number}`));
    if (lost !== undefined) throw new Error(`${name}-${lost} was confirmed and is lost`);
  }
  const links = await now.integrationsOn(toShopId('dk'));
  if (new Set(links.map(({ ref }) => refKey(ref))).size < links.length) throw new Error('a listing has two products');
  if (new Set(links.map(({ productId }) => productId)).size < links.length) throw new Error('a product has two links');
  const counts = await now.counts();
  if (counts.products !== parts.size || counts.integrations !== links.length)
    throw new Error(
      `counted ${counts.products} and ${counts.integrations}, there are ${parts.size} and ${links.length}`,
    );
  return parts.size;
}
