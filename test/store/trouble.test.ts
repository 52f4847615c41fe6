import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Store } from '../../src/ports/store.ts';
import { StoreError, type StoreErrorKind } from '../../src/ports/store-error.ts';
import { jsonStore } from '../../src/stores/json-store.ts';
import { sqliteEngine } from '../../src/stores/sql/sqlite/engine.ts';
import { sqlStore } from '../../src/stores/sql/store/store.ts';
import { numberedChange } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let at: string;
let aside: string;
beforeEach(() => {
  at = mkdtempSync(join(tmpdir(), 'bindeled-trouble-'));
  aside = `${at}-aside`;
});
afterEach(() => {
  for (const folder of [at, aside]) rmSync(folder, { recursive: true, force: true });
});

/** What a watcher of a store hears, one after another. */
function hearing(store: Store): () => Promise<StoreErrorKind | 'good again'> {
  const heard: (StoreErrorKind | 'good again')[] = [];
  let wake = (): void => undefined;
  store.watchTrouble?.((trouble) => {
    heard.push(trouble?.kind ?? 'good again');
    wake();
  });
  return async () => {
    while (heard.length === 0) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return heard.shift() ?? 'good again';
  };
}
const spoil = (name: string) => (): void => {
  const path = join(at, name);
  const bytes = readFileSync(path);
  bytes[60] = (bytes[60] ?? 0) ^ 1;
  writeFileSync(path, bytes);
};

test.each([
  ['deleted', 'missing', () => renameSync(at, aside)],
  ['without its manifest', 'missing', () => rmSync(join(at, 'store.json'))],
  ['without its journal', 'missing', () => rmSync(join(at, 'journal-000001.jsonl'))],
  ['with a damaged manifest', 'damaged', spoil('store.json')],
  ['with a journal that is damaged in the middle', 'damaged', spoil('journal-000001.jsonl')],
  ['with a journal that was cut off', 'damaged', () => writeFileSync(join(at, 'journal-000001.jsonl'), '')],
] as const)('who has a store open that is %s hears so, and when the cause is gone', async (_, kind, harm) => {
  const store = await jsonStore({ folder: at, clock: systemClock, lookEveryMs: 20 });
  await store.change(async () => numberedChange('a'));
  await store.change(async () => numberedChange('b'));
  cpSync(at, `${at}-aside-sound`, { recursive: true });
  const next = hearing(store);
  harm();
  expect(await next()).toBe(kind);
  // What was read is there still, as old.
  expect((await store.counts()).products).toBe(2);
  rmSync(at, { recursive: true, force: true });
  renameSync(`${at}-aside-sound`, at);
  expect(await next()).toBe('good again');
  await store.change(async () => numberedChange('c'));
  expect((await store.counts()).products).toBe(3);
  await store.close();
});

test('a store whose files were only touched is no trouble, and neither is what others write', async () => {
  const store = await jsonStore({ folder: at, clock: systemClock, lookEveryMs: 20 });
  const next = hearing(store);
  const told = new Promise<void>((resolve) => store.watch(() => resolve()));
  const other = await jsonStore({ folder: at, clock: systemClock, compactAfter: 1 });
  await other.change(async () => numberedChange('theirs'));
  await other.close();
  await told;
  const manifest = join(at, 'store.json');
  const looked = new Promise<void>((resolve) => store.watch(() => resolve()));
  utimesSync(manifest, new Date(0), new Date(0));
  await looked;
  rmSync(manifest);
  expect(await next()).toBe('missing');
  await store.close();
});

test.each([
  ['an older copy of it', async (store: Store) => void (await store.change(async () => numberedChange('old')))],
  [
    'another store',
    async () => {
      const other = await jsonStore({ folder: `${at}-copy`, clock: systemClock });
      for (const name of ['x', 'y', 'z']) await other.change(async () => numberedChange(name));
      await other.close();
    },
  ],
] as const)('a store in whose place %s is put is that one from then on, and ours once it is back', async (_, make) => {
  const store = await jsonStore({ folder: at, clock: systemClock, lookEveryMs: 20 });
  const counted = async (): Promise<number> => (await store.counts()).products;
  const troubles: StoreErrorKind[] = [];
  store.watchTrouble?.((trouble) => trouble !== undefined && troubles.push(trouble.kind));
  const copy = `${at}-copy`;
  try {
    await make(store);
    if (!existsSync(copy)) cpSync(at, copy, { recursive: true });
    const theirs = await readCount(copy);
    for (const name of ['a', 'b', 'c', 'd']) await store.change(async () => numberedChange(name));
    const ours = await counted();
    const exchange = (): void => {
      for (const [from, to] of [
        [at, aside],
        [copy, at],
        [aside, copy],
      ] as const)
        renameSync(from, to);
    };
    exchange();
    await expect.poll(counted, { interval: 5 }).toBe(theirs);
    exchange();
    await expect.poll(counted, { interval: 5 }).toBe(ours);
    // What is written goes to where the store lies now, and numbers of events go on from its own.
    exchange();
    await store.change(async () => numberedChange('e'));
    expect(await readCount(at)).toBe(theirs + 1);
    exchange();
    await store.change(async () => numberedChange('f'));
    expect(await readCount(at)).toBe(ours + 1);
    // Between two renames there is no folder.
    expect(troubles.filter((kind) => kind !== 'missing')).toEqual([]);
  } finally {
    await store.close();
    rmSync(copy, { recursive: true, force: true });
  }
});
/** How many products a store holds for who opens it now. */
async function readCount(folder: string): Promise<number> {
  const store = await jsonStore({ folder, clock: systemClock });
  const { products } = await store.counts();
  await store.close();
  return products;
}

const openJson = () => jsonStore({ folder: at, clock: systemClock, lookEveryMs: 20 });
const openSqliteThere = async () => sqlStore(await sqliteEngine({ path: join(at, 'a.sqlite'), lookEveryMs: 20 }));
test.each([
  ['JSON', 'store.json', openJson],
  ['JSON', 'journal-000001.jsonl', openJson],
  ['SQLite', 'a.sqlite', openSqliteThere],
] as const)('%s: a pipe in the place of %s is not waited for without end', async (_, name, open) => {
  const store = await open();
  await store.change(async () => numberedChange('a'));
  const next = hearing(store);
  renameSync(join(at, name), aside);
  execFileSync('mkfifo', [join(at, name)]);
  expect(await next()).toBeTypeOf('string');
  await expect(open()).rejects.toBeInstanceOf(StoreError);
  renameSync(aside, join(at, name));
  for (let heard: string | undefined; heard !== 'good again'; ) heard = await next();
  expect((await store.counts()).products).toBe(1);
  await store.close();
});

describe('a SQLite store', () => {
  const file = () => join(at, 'store.sqlite');
  const openSqlite = async (): Promise<Store> => sqlStore(await sqliteEngine({ path: file(), lookEveryMs: 20 }));
  const parts = ['', '-wal', '-shm'];
  const moveAside = (): void => {
    for (const part of parts) renameSync(file() + part, `${file()}-aside${part}`);
  };
  const moveBack = (): void => {
    for (const part of parts) renameSync(`${file()}-aside${part}`, file() + part);
  };
  const counted = async (store: Store): Promise<number> => (await store.counts()).products;
  /** The next word to whoever watches for changes. */
  const told = (store: Store): Promise<void> => new Promise((resolve) => store.watch(() => resolve()));

  test('tells by the file itself, not by looking now and then, of what another connection wrote', async () => {
    const onlooker = sqlStore(await sqliteEngine({ path: file(), lookEveryMs: 3_600_000 }));
    const other = await openSqlite();
    const next = told(onlooker);
    await other.change(async () => numberedChange('from next door'));
    await next;
    expect(await counted(onlooker)).toBe(1);
    await Promise.all([other.close(), onlooker.close()]);
  });

  test('over which an older copy is written is read anew', async () => {
    const [store, other] = [await openSqlite(), await openSqlite()];
    await store.change(async () => numberedChange('a'));
    const follows = told(store);
    await other.change(async () => numberedChange('b'));
    await follows;
    await other.close();
    const next = told(store);
    const raw = new DatabaseSync(file());
    raw.exec(`begin; delete from changes where id > 1; delete from products where key = 'b'; commit`);
    raw.close();
    await next;
    await store.close();
  });

  test('that is moved away and back is missing so long, and then all is to be read anew', async () => {
    const store = await openSqlite();
    await store.change(async () => numberedChange('a'));
    const next = hearing(store);
    moveAside();
    expect(await next()).toBe('missing');
    const late = hearing(store);
    expect(await late()).toBe('missing');
    const readAnew = told(store);
    moveBack();
    expect(await next()).toBe('good again');
    await readAnew;
    await store.change(async () => numberedChange('b'));
    expect(await counted(store)).toBe(2);
    await store.close();
  });

  test('in whose place another is laid is the other from then on, and what is written goes there', async () => {
    const other = await openSqlite();
    for (const name of ['a', 'b', 'c']) await other.change(async () => numberedChange(name));
    await other.close();
    copyFileSync(file(), `${file()}-copy`);
    rmSync(file());
    const store = await openSqlite();
    await store.change(async () => numberedChange('d'));
    const next = hearing(store);
    moveAside();
    expect(await next()).toBe('missing');
    await expect(store.change(async () => numberedChange('e'))).rejects.toMatchObject({ kind: 'missing' });
    renameSync(`${file()}-copy`, file());
    expect(await next()).toBe('good again');
    expect(await counted(store)).toBe(3);
    await store.change(async () => numberedChange('f'));
    await store.close();
    const again = await openSqlite();
    expect(await counted(again)).toBe(4);
    await again.close();
  });

  test('in whose place lies something that is no store stays unread, and nothing is written into it', async () => {
    const store = await openSqlite();
    await store.change(async () => numberedChange('a'));
    const next = hearing(store);
    moveAside();
    expect(await next()).toBe('missing');
    writeFileSync(file(), '');
    expect(await next()).toBe('damaged');
    writeFileSync(file(), 'no database');
    // It is another file again, which is looked into once it holds still.
    expect(await next()).toBe('missing');
    expect(await next()).toBe('damaged');
    expect(readFileSync(file(), 'utf8')).toBe('no database');
    rmSync(file());
    expect(await next()).toBe('missing');
    moveBack();
    expect(await next()).toBe('good again');
    await store.close();
  });

  test('that may not be read any more is said to be so, though what is open could go on', async () => {
    const store = await openSqlite();
    await store.change(async () => numberedChange('a'));
    const next = hearing(store);
    // Whoever may do anything is refused nothing but this.
    renameSync(`${file()}-shm`, `${file()}-aside`);
    symlinkSync(`${file()}-shm`, `${file()}-shm`);
    expect(await next()).toBe('disk');
    renameSync(`${file()}-aside`, `${file()}-shm`);
    expect(await next()).toBe('good again');
    await store.close();
  });

  test('that is written over while it is open is damaged, until what was there is there again', async () => {
    const first = await openSqlite();
    await first.change(async () => numberedChange('a'));
    // Closed in between: nothing lies in the log any more.
    await first.close();
    const store = await openSqlite();
    const next = hearing(store);
    const sound = readFileSync(file());
    writeFileSync(file(), 'no database, '.repeat(1_000));
    expect(await next()).toBe('damaged');
    writeFileSync(file(), sound);
    expect(await next()).toBe('good again');
    expect(await counted(store)).toBe(1);
    await store.close();
  });

  test('whose log is taken away loses nothing that was confirmed, and goes on', async () => {
    const first = await openSqlite();
    await first.change(async () => numberedChange('a'));
    await first.close();
    const store = await openSqlite();
    await store.change(async () => numberedChange('b'));
    for (const part of ['-wal', '-shm']) rmSync(file() + part);
    const write = () =>
      store
        .change(async () => numberedChange('c'))
        .then(
          () => 'written',
          ({ kind }) => kind,
        );
    await expect.poll(write, { interval: 5 }).toBe('written');
    expect(await counted(store)).toBe(3);
    await store.close();
    const again = await openSqlite();
    expect(await counted(again)).toBe(3);
    await again.close();
  });

  test('whose log is taken away, and that another wrote to before that was noticed, stays as the other left it', () => {
    const child = join(import.meta.dirname, 'children/log-taken-away.ts');
    const said = execFileSync(process.execPath, [child, file()], { encoding: 'utf8', timeout: 50_000 });
    expect(JSON.parse(said)).toEqual({ write: 'missing', read: 'missing' });
    const raw = new DatabaseSync(file(), { readOnly: true });
    expect(raw.prepare(`select name from sqlite_master where name = 'others'`).all()).toHaveLength(1);
    expect(raw.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
    raw.close();
  });

  test('whose pages are damaged says so once something needs them, until it can be answered again', async () => {
    const first = await openSqlite();
    await first.change(async () => numberedChange('a'));
    await first.close();
    const store = await openSqlite();
    const next = hearing(store);
    const sound = readFileSync(file());
    const roots = new DatabaseSync(file(), { readOnly: true });
    const page = Number(roots.prepare(`select rootpage from sqlite_master where name = 'products'`).get()?.rootpage);
    roots.close();
    writeFileSync(file(), Buffer.from(sound).fill(255, (page - 1) * 4096, page * 4096));
    await expect(store.productPage({ limit: 5 })).rejects.toMatchObject({ kind: 'damaged' });
    expect(await next()).toBe('damaged');
    writeFileSync(file(), sound);
    expect(await next()).toBe('good again');
    expect(await store.productPage({ limit: 5 })).toHaveLength(1);
    await store.close();
  });
});
