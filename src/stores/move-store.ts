import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Clock } from '../ports/clock.ts';
import type { SharedState } from '../ports/shared-state.ts';
import type { Moved, StoreConfig, WhyNotNew } from '../ports/store-engine.ts';
import { StoreError } from '../ports/store-error.ts';
import { type Batch, type Contents, counted, differences, emptyTally, type Tally } from './contents/contents.ts';
import { writeDocument } from './contents/document.ts';
import { jsonContents } from './contents/json-contents.ts';
import { makeStoreFolder } from './disk/durable-file.ts';
import { withFileErrors } from './file-errors.ts';
import { type Manifest, readManifest } from './generation/manifest.ts';
import { isTroubleAt } from './maintenance/copy-errors.ts';
import { importStore } from './maintenance/export-import.ts';
import { lastGeneration, locked } from './maintenance/replace-store.ts';
import { reading } from './maintenance/store-admin.ts';
import { beginMove, endMove, isLeftover } from './move-mark.ts';
import { beginSource, openEngine, placeOf } from './open-source.ts';
import { fileSharedState } from './shared-state/file-shared-state.ts';
import type { Engine } from './sql/engine.ts';
import { checkCopy, tallyOf } from './sql/maintenance/check.ts';
import { sqlContents } from './sql/maintenance/contents.ts';
import { fill } from './sql/maintenance/fill.ts';
import { sqlSharedState } from './sql/store/shared-state.ts';

/** A move: from where to where, and how the target becomes the store that is used. */
export type Move = {
  readonly from: StoreConfig;
  readonly to: StoreConfig;
  readonly clock: Pick<Clock, 'now'>;
  /** What keeps an empty store from being made where the source is gone. */
  readonly whyNotNew?: WhyNotNew;
  readonly switchOver?: () => Promise<void>;
  /** Breaks it off, at any time before the switch. */
  readonly signal?: AbortSignal;
};

/**
 * Copies everything into another store, which must be empty, while nobody writes; then counts and checks both laws
 * there, and switches over. The old store stays as it is. What a move left that was broken off in the middle is begun
 * anew by the next one from the same store.
 */
export async function moveStore(move: Move): Promise<Moved> {
  const { from, to } = move;
  let target = 'postgres://';
  await beginSource(move);
  try {
    target = placeOf(to);
    if (from.kind === to.kind && placeOf(from) === target) return { kind: 'same-store', to: target };
    return to.kind === 'json' ? await intoJson(move, to.folder) : await intoDatabase(move, await openEngine(to));
  } catch (error) {
    if (isTroubleAt(target, error)) return { kind: 'bad-target', trouble: error };
    throw error;
  }
}

async function intoDatabase(move: Move, engine: Engine): Promise<Moved> {
  const { from, signal } = move;
  const target = engine.place;
  const shared = sqlSharedState(engine);
  const token = randomUUID();
  try {
    const standing = await newestToken(engine);
    const isFree = isEmptyTally(await tallyOf(engine.ask)) || (await isLeftover(shared, from, standing));
    if (!isFree) return { kind: 'not-empty', to: target };
    await beginMove(shared, from, { token, standing });
    const tally = emptyTally();
    await withContents(from, (contents) => fill(engine, () => recounted(contents(), tally, signal), token));
    requireSame(tally, await tallyOf(engine.ask), target);
    await carryChoices(from, shared);
    return await switched(move, shared, { to: target, findings: await checkCopy(engine) });
  } finally {
    await engine.close();
  }
}

/** Ends a move whose target is whole: from here on the target is the store that is used. */
async function switched(
  { from, switchOver, signal }: Move,
  shared: SharedState,
  copy: Pick<Extract<Moved, { kind: 'moved' }>, 'to' | 'findings'>,
): Promise<Moved> {
  signal?.throwIfAborted();
  await switchOver?.();
  await endMove(shared);
  return { kind: 'moved', from: placeOf(from), ...copy };
}

/** Who made the last change: a move that filled the store, where nobody has changed anything since. */
async function newestToken({ ask }: Engine): Promise<string | undefined> {
  const [row] = await ask(sql<{ token: string }>`select token from changes order by id desc limit 1`);
  return row?.token;
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

function requireSame(wanted: Tally, found: Tally, place: string): void {
  const [difference] = differences(wanted, found);
  if (difference !== undefined) throw new StoreError('damaged', place, `the copy is not whole: ${difference}`);
}

/** Counts from nought: contents may have to be read a second time. */
async function* recounted(
  contents: Contents,
  tally: ReturnType<typeof emptyTally>,
  signal?: AbortSignal,
): AsyncGenerator<Batch> {
  Object.assign(tally, emptyTally());
  for await (const batch of counted(contents, tally)) {
    signal?.throwIfAborted();
    yield batch;
  }
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

async function intoJson(move: Move, folder: string): Promise<Moved> {
  const { from, clock, signal } = move;
  const shared = fileSharedState(folder);
  // What lies there and cannot be read is not taken for nothing.
  const manifest = await readManifest(folder);
  const standing = manifest && (await untouchedSince(folder, manifest));
  if (manifest !== undefined && !(await isLeftover(shared, from, standing))) return { kind: 'not-empty', to: folder };
  await makeStoreFolder(folder);
  await beginMove(shared, from, { token: tokenOf((await lastGeneration(folder)) + 1), standing });
  const tally = emptyTally();
  const pack = await mkdtemp(join(tmpdir(), 'bindeled-move-'));
  try {
    const file = join(pack, 'store.json');
    await withContents(from, (contents) => writeDocument(recounted(contents(), tally, signal), clock.now(), file));
    const { findings } = await importStore({ folder, clock }, file);
    const found = emptyTally();
    await reading(folder, async (store) => {
      for await (const _ of counted(jsonContents(folder, store), found));
    });
    requireSame(tally, found, folder);
    await carryChoices(from, shared);
    return await switched(move, shared, { to: folder, findings });
  } finally {
    await rm(pack, { recursive: true, force: true });
  }
}

const tokenOf = (generation: number): string => `generation ${generation}`;
/** Which generation stands there, where nothing was written since it was made. */
async function untouchedSince(folder: string, { generation, journal }: Manifest): Promise<string | undefined> {
  const { size } = await withFileErrors(folder, 'looking at the journal', () => stat(join(folder, journal)));
  return size === 0 ? tokenOf(generation) : undefined;
}
