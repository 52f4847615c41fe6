import fs from 'node:fs';
import promises from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import type { DiskOperation } from '../power-cut.ts';

// Loaded before anything else: notes everything that is done to the files under a folder, in the order in which it
// is done, a line of JSON each. What is made safe is noted when that is done, everything else when it is begun.
const root = process.argv[2] ?? '';
const log = fs.openSync(process.argv[3] ?? '', 'a');
const writeSync = fs.writeSync;
export const note = (operation: DiskOperation): void => void writeSync(log, `${JSON.stringify(operation)}\n`);

// A folder is a file with an entry for each name; names may change and open files stay what they are.
const files = new Map<string, number>();
const open = new Map<number, { readonly file: number; readonly at: { end: number } }>();
let last = 0;
const ours = (path: unknown): path is string =>
  typeof path === 'string' && path.startsWith(root) && !/locks|leases/.test(path);
const base64 = (bytes: unknown): string => Buffer.from(bytes as Uint8Array | string).toString('base64');

function opened(path: string, flags: unknown, fd: number): void {
  const isNew = !files.has(path);
  const file = files.get(path) ?? ++last;
  files.set(path, file);
  open.set(fd, { file, at: { end: 0 } });
  const makes = typeof flags === 'number' ? (flags & fs.constants.O_CREAT) !== 0 : /^[wa]/.test(String(flags));
  if (isNew && makes) note({ does: 'name', path, file });
  if (!isNew && /^w/.test(String(flags))) note({ does: 'cut', file, to: 0 });
}
const write = (fd: number, bytes: Uint8Array | string, at?: number | null): void => {
  const known = open.get(fd);
  if (known === undefined) return;
  const place = at ?? known.at.end;
  known.at.end = place + Buffer.byteLength(bytes);
  note({ does: 'write', file: known.file, at: place, bytes: base64(bytes) });
};
const safe = (fd: number): void => {
  const file = open.get(fd)?.file;
  if (file !== undefined) note({ does: 'sync', file });
};
const folderOf = new Map<number, string>();
const gone = (path: string): void => {
  if (files.delete(path)) note({ does: 'name', path });
};
const moved = (from: string, to: string): void => {
  const file = files.get(from);
  if (file === undefined) return;
  files.delete(from);
  files.set(to, file);
  note({ does: 'name', path: to, file, from });
};

const real = { ...fs };
const realPromises = { ...promises };
const patch = (object: object, replacements: object): void => void Object.assign(object, replacements);
patch(fs, {
  openSync: (path: string, flags: string | number, mode?: number) => {
    const fd = real.openSync(path, flags, mode);
    if (ours(path)) opened(path, flags, fd);
    return fd;
  },
  closeSync: (fd: number) => {
    open.delete(fd);
    real.closeSync(fd);
  },
  writeSync: (fd: number, bytes: Buffer | string, offset?: number, length?: number, at?: number) => {
    if (typeof bytes === 'string') write(fd, bytes, offset);
    else write(fd, bytes.subarray(offset, (offset ?? 0) + (length ?? bytes.length)), at);
    return typeof bytes === 'string'
      ? real.writeSync(fd, bytes, offset)
      : real.writeSync(fd, bytes, offset, length, at);
  },
  ftruncateSync: (fd: number, to: number) => {
    const file = open.get(fd)?.file;
    if (file !== undefined) note({ does: 'cut', file, to });
    real.ftruncateSync(fd, to);
  },
  fdatasync: (fd: number, done: (error: NodeJS.ErrnoException | null) => void) => {
    real.fdatasync(fd, (error) => {
      if (error === null) safe(fd);
      done(error);
    });
  },
});
patch(promises, {
  open: async (path: string, flags: string, mode?: number) => {
    const handle = await realPromises.open(path, flags, mode);
    if (!ours(path)) return handle;
    if (real.fstatSync(handle.fd).isDirectory()) folderOf.set(handle.fd, path);
    else opened(path, flags, handle.fd);
    return watched(handle);
  },
  rename: async (from: string, to: string) => {
    if (ours(from)) moved(from, to);
    await realPromises.rename(from, to);
  },
  rm: async (path: string, options: object) => {
    if (ours(path)) gone(path);
    await realPromises.rm(path, options);
  },
  writeFile: async (path: string, text: string, options: object) => {
    await realPromises.writeFile(path, text, options);
    if (!ours(path)) return;
    opened(path, 'w', -1);
    write(-1, text);
    open.delete(-1);
  },
  mkdir: async (path: string, options: object) => {
    const first = await realPromises.mkdir(path, options as { recursive: true });
    if (first !== undefined && ours(path)) note({ does: 'folder', path });
    return first;
  },
});
function watched(handle: Awaited<ReturnType<typeof promises.open>>): typeof handle {
  const { fd } = handle;
  const append = handle.appendFile.bind(handle);
  const sync = handle.sync.bind(handle);
  const close = handle.close.bind(handle);
  const appendNoted: typeof handle.appendFile = async (bytes, options) => {
    write(fd, bytes as Uint8Array | string);
    await append(bytes, options);
  };
  return Object.assign(handle, {
    appendFile: appendNoted,
    writeFile: appendNoted,
    sync: async () => {
      await sync();
      const folder = folderOf.get(fd);
      if (folder === undefined) safe(fd);
      else note({ does: 'sync-folder', path: folder });
    },
    close: async () => {
      open.delete(fd);
      folderOf.delete(fd);
      await close();
    },
  });
}
syncBuiltinESMExports();
