import { z } from 'zod';
import { type Instant, parseInstant } from '../domain/ids.ts';
import { clockFaults } from '../domain/server-clock.ts';
import {
  productMasters,
  toWarehouseId,
  type WarehouseSettings,
  type WarehouseState,
} from '../domain/warehouse/warehouse.ts';
import { readRegularFile } from '../files/regular-file.ts';
import type { SharedState } from '../ports/shared-state.ts';
import type { WarehouseKeeper } from '../ports/warehouse.ts';
import { SettingsError } from '../settings.ts';

const moment = z.lazy(() =>
  z.string().transform((text, context): Instant => {
    const read = parseInstant(text);
    if (read !== undefined) return read;
    context.addIssue({ code: 'custom', message: 'not a moment' });
    return z.NEVER;
  }),
);
const count = z.lazy(() => z.int().min(0).optional());

const settingsSchema = z.lazy(() =>
  z.object({
    kind: z.string().min(1).transform(toWarehouseId),
    address: z.string(),
    master: z.enum(productMasters),
    options: z.record(z.string(), z.string()),
    addedAt: moment,
  }),
);
const stateSchema = z.lazy(() =>
  z.object({
    readAt: moment.optional(),
    wholeReadAt: moment.optional(),
    changesFrom: moment.optional(),
    clockAheadMs: z.int().optional(),
    newestChange: moment.optional(),
    clockFault: z.enum(clockFaults).optional(),
    changesReadAt: moment.optional(),
    products: count,
    unreadable: count,
    unmatched: count,
    wouldGo: count,
    failedAt: moment.optional(),
    failure: z.string().optional(),
  }),
);

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
    return parsed(file, schema, JSON.parse(text));
  } catch (error) {
    if (error instanceof SettingsError) throw error;
    throw new SettingsError([{ where: file, key: '', what: 'not-json', said: '' }]);
  }
}

function parsed<Value>(where: string, schema: z.ZodType<Value>, value: unknown): Value {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw new SettingsError([{ where, key: issue?.path.join('.') ?? '', what: 'wrong', said: issue?.message ?? '' }]);
}

const [choiceKey, stateKey] = ['warehouse', 'warehouse-state'];
// Nothing chosen is a value too: else a file of an older version would come back.
const choiceSchema = z.lazy(() => z.object({ settings: settingsSchema.optional() }));

/** Files that an older version kept the choice and the readings in, on one machine alone. */
type OldFiles = { readonly settings: string; readonly state: string };

/**
 * Keeps the chosen warehouse and how its readings went in the store, for all who work on it; no secret is in either.
 * What older files hold is taken over where the store has nothing yet, and the files are left as they are. Rejects with
 * a `SettingsError` where what is kept cannot be read: unknown is not "none".
 */
export async function openWarehouseKeeper(
  shared: SharedState,
  files: OldFiles,
  readOnly: boolean,
): Promise<WarehouseKeeper> {
  let settings: WarehouseSettings | undefined;
  let state: WarehouseState = {};
  const save = async (chosen: WarehouseSettings | undefined): Promise<void> => {
    await shared.put(choiceKey, { settings: chosen });
    settings = chosen;
  };
  const saveState = async (next: WarehouseState): Promise<void> => {
    await shared.put(stateKey, next);
    state = next;
  };
  const refresh = async (): Promise<boolean> => {
    const values = new Map((await shared.list(choiceKey)).map(({ key, value }) => [key, value]));
    if (!values.has(choiceKey)) return false;
    settings = parsed('warehouse', choiceSchema, values.get(choiceKey)).settings;
    // A state that nobody can read is none: then no figure counts as confirmed.
    state = stateSchema.safeParse(values.get(stateKey)).data ?? {};
    return true;
  };
  if (!(await refresh())) {
    const before = readFile(files.settings, settingsSchema);
    if (before !== undefined && readOnly) [settings, state] = [before, stateIn(files.state)];
    else if (before !== undefined) {
      await saveState(stateIn(files.state));
      await save(before);
    }
  }
  return { settings: () => settings, state: () => state, save, saveState, refresh: async () => void (await refresh()) };
}

function stateIn(file: string): WarehouseState {
  try {
    return readFile(file, stateSchema) ?? {};
  } catch {
    return {};
  }
}
