import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { sqliteEngine } from '../../../src/stores/sql/sqlite/engine.ts';
import { sqlStore } from '../../../src/stores/sql/store/store.ts';
import { numberedChange } from './numbered-change.ts';

// The log of a store is taken away under this program, and another writes before it can notice.
const [path = '', role = ''] = process.argv.slice(2);
if (role === 'other') {
  const raw = new DatabaseSync(path);
  raw.exec('create table others (one text)');
  raw.close();
} else {
  const store = sqlStore(await sqliteEngine({ path, lookEveryMs: 20 }));
  await store.change(async () => numberedChange('a'));
  for (const part of ['-wal', '-shm']) rmSync(path + part);
  execFileSync(process.execPath, [import.meta.filename, path, 'other']);
  const kindOf = (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => 'done',
      (error: unknown) => Object(error).kind,
    );
  const [write, read] = [await kindOf(store.change(async () => numberedChange('b'))), await kindOf(store.counts())];
  await store.close();
  process.stdout.write(JSON.stringify({ write, read }));
}
