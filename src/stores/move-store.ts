import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Clock } from '../ports/clock.ts';
import type { SharedState } from '../ports/shared-state.ts';
import type { Moved, StoreConfig } from '../ports/store-engine.ts';
import { StoreError } from '../ports/store-error.ts';
import { type Batch, type Contents, counted, differences, emptyTally, type Tally } from './contents/contents.ts';
import { writeDocument } from './contents/document.ts';
import { jsonContents } from './contents/json-contents.ts';
import { readManifest } from './generation/manifest.ts';
import { importStore } from './maintenance/export-import.ts';
import { locked } from './maintenance/replace-store.ts';
import { reading } from './maintenance/store-admin.ts';
import { fileSharedState } from './shared-state/file-shared-state.ts';
import type { Engine } from './sql/engine.ts';
import { checkCopy, tallyOf } from './sql/maintenance/check.ts';
import { sqlContents } from './sql/maintenance/contents.ts';
import { fill } from './sql/maintenance/fill.ts';
import { readPostgresAddress } from './sql/postgres/address.ts';
import { postgresEngine } from './sql/postgres/engine.ts';
import { sqliteEngine } from './sql/sqlite/engine.ts';
import { sqlSharedState } from './sql/store/shared-state.ts';

/** A move: from where to where. */
export type Move = { readonly from: StoreConfig; readonly to: StoreConfig; readonly clock: Pick<Clock, 'now'> };

const placeOf = (config: StoreConfig): string => {
  if (config.kind === 'json') return config.folder;
  return config.kind === 'sqlite' ? config.path : readPostgresAddress(config.connection).place;
};
const openEngine = (config: Exclude<StoreConfig, { kind: 'json' }>): Promise<Engine> =>
  config.kind === 'sqlite' ? sqliteEngine({ path: config.path }) : postgresEngine(config.connection);

/**
 * Copies everything into another store, which must be empty, while nobody writes; then counts and checks both laws
 * there. The old store stays as it is. Whoever calls it switches over afterwards.
 */
export async function moveStore({ from, to, clock }: Move): Promise<Moved> {
  const [source, target] = [placeOf(from), placeOf(to)];
  if (from.kind === to.kind && source === target) return { kind: 'same-store', to: target };
  if (to.kind === 'json')
    return (await isEmptyFolder(to.folder))
      ? intoJson({ from, to, clock }, to.folder)
      : { kind: 'not-empty', to: target };
  const engine = await openEngine(to);
  try {
    if (!isEmptyTally(await tallyOf(engine.ask))) return { kind: 'not-empty', to: target };
    const tally = emptyTally();
    await withContents(from, (contents) => fill(engine, () => recounted(contents(), tally), randomUUID()));
    requireSame(tally, await tallyOf(engine.ask), target);
    await carryChoices(from, sqlSharedState(engine));
    return { kind: 'moved', from: source, to: target, findings: await checkCopy(engine) };
  } finally {
    await engine.close();
  }
}

/** Which warehouse is chosen goes along; what servers say of themselves does not. */
async function carryChoices(from: StoreConfig, to: SharedState): Promise<void> {
  const engine = from.kind === 'json' ? undefined : await openEngine(from);
  try {
    const shared = engine === undefined ? fileSharedState(placeOf(from)) : sqlSharedState(engine);
    for (const { key, value } of await shared.list('warehouse')) await to.put(key, value);
  } finally {
    await engine?.close();
  }
}

const isEmptyTally = (tally: Tally): boolean => Object.values(tally).every((many) => many === 0);
const isEmptyFolder = async (folder: string): Promise<boolean> =>
  (await readManifest(folder).catch(() => undefined)) === undefined;

function requireSame(wanted: Tally, found: Tally, place: string): void {
  const [difference] = differences(wanted, found);
  if (difference !== undefined) throw new StoreError('damaged', place, `the copy is not whole: ${difference}`);
}

/** Counts from nought: contents may have to be read a second time. */
function recounted(contents: Contents, tally: ReturnType<typeof emptyTally>): Contents {
  Object.assign(tally, emptyTally());
  return counted(contents, tally);
}

async function* keepingLock(contents: Contents, refresh: () => void): AsyncGenerator<Batch> {
  for await (const batch of contents) {
    refresh();
    yield batch;
  }
}

/** Reads a store while nobody else writes to it. */
async function withContents<Value>(
  config: StoreConfig,
  work: (contents: () => Contents) => Promise<Value>,
): Promise<Value> {
  if (config.kind === 'json') {
    const { folder } = config;
    return locked(folder, (held) =>
      reading(folder, (store) => work(() => keepingLock(jsonContents(folder, store), held.refresh))),
    );
  }
  const engine = await openEngine(config);
  try {
    return await engine.whileNobodyWrites((ask) => work(() => sqlContents({ ...engine, ask })));
  } finally {
    await engine.close();
  }
}

async function intoJson({ from, clock }: Move, folder: string): Promise<Moved> {
  const tally = emptyTally();
  const pack = await mkdtemp(join(tmpdir(), 'bindeled-move-'));
  try {
    const file = join(pack, 'store.json');
    await withContents(from, (contents) => writeDocument(recounted(contents(), tally), clock.now(), file));
    const { findings } = await importStore({ folder, clock }, file);
    const found = emptyTally();
    await reading(folder, async (store) => {
      for await (const _ of counted(jsonContents(folder, store), found));
    });
    requireSame(tally, found, folder);
    await carryChoices(from, fileSharedState(folder));
    return { kind: 'moved', from: placeOf(from), to: folder, findings };
  } finally {
    await rm(pack, { recursive: true, force: true });
  }
}
