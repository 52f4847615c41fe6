import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type Instant, parseInstant } from '../domain/ids.ts';
import {
  productMasters,
  toWarehouseId,
  type WarehouseSettings,
  type WarehouseState,
} from '../domain/warehouse/warehouse.ts';
import { readRegularFile } from '../files/regular-file.ts';
import { SettingsError } from '../settings.ts';
import { makeFolders } from '../stores/disk/make-folders.ts';
import type { WarehouseKeeper } from '../warehouses/warehouse-factory.ts';

const moment = z.string().transform((text, context): Instant => {
  const read = parseInstant(text);
  if (read !== undefined) return read;
  context.addIssue({ code: 'custom', message: 'not a moment' });
  return z.NEVER;
});
const count = z.int().min(0).optional();

const settingsSchema = z.object({
  kind: z.string().min(1).transform(toWarehouseId),
  address: z.string(),
  master: z.enum(productMasters),
  options: z.record(z.string(), z.string()),
  addedAt: moment,
});
const stateSchema = z.object({
  readAt: moment.optional(),
  wholeReadAt: moment.optional(),
  changesFrom: moment.optional(),
  changesReadAt: moment.optional(),
  products: count,
  unreadable: count,
  unmatched: count,
  failedAt: moment.optional(),
  failure: z.string().optional(),
});

function readFile<Value>(file: string, schema: z.ZodType<Value>): Value | undefined {
  let text: string;
  try {
    text = `${readRegularFile(file, 8 * 1024 * 1024)}`;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    const said = error instanceof Error ? error.message : String(error);
    throw new SettingsError([{ where: file, key: '', what: 'unreadable', said }]);
  }
  try {
    return schema.parse(JSON.parse(text));
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    const key = issue?.path.join('.') ?? '';
    const what = issue === undefined ? 'not-json' : 'wrong';
    throw new SettingsError([{ where: file, key, what, said: issue?.message ?? '' }]);
  }
}

function writeFile(file: string, value: WarehouseSettings | WarehouseState): void {
  makeFolders(dirname(file));
  const aside = `${file}.${process.pid}.tmp`;
  writeFileSync(aside, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(aside, file);
}

/** Keeps the chosen warehouse in one file and its readings in another; no secret is in either. */
export const makeWarehouseKeeper = (settingsFile: string, stateFile: string): WarehouseKeeper => ({
  settings: () => readFile(settingsFile, settingsSchema),
  save: (settings) =>
    settings === undefined ? rmSync(settingsFile, { force: true }) : writeFile(settingsFile, settings),
  // A state that nobody can read is none: then no figure counts as confirmed.
  state: () => {
    try {
      return readFile(stateFile, stateSchema) ?? {};
    } catch {
      return {};
    }
  },
  saveState: (state) => writeFile(stateFile, state),
});
