import {
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Script } from 'node:vm';
import { crc32 } from 'node:zlib';

/** What a script is, a function: called with `exports, require, module, __filename, __dirname`, as Node does it. */
type Wrapped = (...given: readonly unknown[]) => void;

/** Files that are kept at most: a few for each command that somebody uses. */
const filesAtMost = 300;
const checksumBytes = 4;
/** What all files are read into, one after the other: memory that was never used costs more than the reading. */
const room = Buffer.allocUnsafeSlow(1 << 20);

const builtin = (name: string): object => process.getBuiltinModule(name) as object;
/** One of Node's modules, loaded when something of it is first asked for: what `require.late` gives to a script. */
const lateBuiltin = (name: string): object =>
  new Proxy({}, { get: (_, part) => (part === 'default' ? builtin(name) : Reflect.get(builtin(name), part)) });

/**
 * Loads scripts that were built for it (`bin/build.js`), with what V8 compiled of them in a run before: every function
 * that the same command called then. Node's own cache keeps what a file does when it is loaded, and the functions in it
 * are compiled anew in every run, which takes longer than all else. Where there is no folder everything is compiled.
 */
export function makeScriptLoader(folder: string | undefined, command: string) {
  const loaded = new Map<string, { exports: object }>();
  const fresh = new Map<string, Script>();
  const kept = folder && join(folder, process.version);
  const keptFile = (file: string): string => join(kept ?? '', `${command}-${basename(file)}.code`);

  const load = (file: string): object => {
    const known = loaded.get(file);
    if (known !== undefined) return known.exports;
    // Without a prototype: an object of many properties, each added by itself, is made in half the time.
    const module = { exports: Object.create(null) as object };
    loaded.set(file, module);
    // Written in ASCII and as one function (`bin/finish-chunks.js`): read in a fraction of the time, and not copied again.
    const source = readBytes(file).toString('latin1');
    const cachedData = kept === undefined ? undefined : readKept(keptFile(file));
    const script = new Script(source, { filename: file, cachedData });
    if (cachedData === undefined || script.cachedDataRejected) fresh.set(file, script);
    const place = dirname(file);
    const require = (name: string): unknown => {
      if (name.startsWith('.')) return load(join(place, name));
      return name.startsWith('/') ? load(resolve(name)) : builtin(name);
    };
    const wrapped = script.runInThisContext() as Wrapped;
    wrapped(module.exports, Object.assign(require, { late: lateBuiltin }), module, file, place);
    return module.exports;
  };

  /** Keeps what was compiled in this run, where anything was: at its end, when all that the command needs has run. */
  const keep = (): void => {
    if (kept === undefined || fresh.size === 0) return;
    try {
      mkdirSync(kept, { recursive: true, mode: 0o700 });
      if (readdirSync(kept).length >= filesAtMost) return;
      for (const [file, script] of fresh) writeKept(keptFile(file), script.createCachedData());
    } catch {
      // A disk that is full or may not be written: it is compiled anew the next time.
    }
  };
  return { load, keep };
}

/** Reads a file; what was read before is gone then. */
function readBytes(file: string): Buffer {
  const opened = openSync(file, 'r');
  try {
    const { size } = fstatSync(opened);
    const isRead = size <= room.length && readSync(opened, room, 0, size, 0) === size;
    return isRead ? room.subarray(0, size) : readFileSync(file);
  } finally {
    closeSync(opened);
  }
}

/**
 * V8 looks whether it was made by the same version from a text of the same length, and not whether it is whole: a checksum
 * follows it. It begins where V8 wants it in memory, and is copied no more.
 */
function readKept(file: string): Buffer | undefined {
  if (!existsSync(file)) return undefined;
  const kept = readBytes(file);
  const code = kept.subarray(0, -checksumBytes);
  return code.length > 0 && crc32(code) === kept.readUInt32LE(code.length) ? code : undefined;
}

function writeKept(file: string, code: Buffer): void {
  const checksum = Buffer.alloc(checksumBytes);
  checksum.writeUInt32LE(crc32(code));
  const aside = `${file}.${process.pid}`;
  writeFileSync(aside, Buffer.concat([code, checksum]), { mode: 0o600 });
  renameSync(aside, file);
}
