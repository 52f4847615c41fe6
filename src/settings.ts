import { userInfo } from 'node:os';
import { join } from 'node:path';
import type { Actor } from './domain/actor.ts';
import { typedText } from './domain/text/typed-text.ts';
import { decodeText } from './files/decode-text.ts';
import { readRegularFile } from './files/regular-file.ts';
import { JsonTextError, parseStrictJson } from './files/strict-json.ts';
import type { StoreConfig } from './ports/store-engine.ts';
import { type DashboardSettings, readDashboardSettings } from './runtime/environment/dashboard-settings.ts';
import { parseLanguage } from './runtime/environment/language.ts';
import { parseBoolean } from './runtime/environment/parse-boolean.ts';
import { type Environment, type Paths, pathsFrom, storePlaces } from './runtime/environment/paths.ts';
import { readServeSettings } from './runtime/environment/serve-settings.ts';
import { type Config, settingKeys, shapeOf } from './runtime/environment/setting-shapes.ts';
import { machineTimeZone, unknownTimeZone } from './runtime/environment/time-zone.ts';
import type { ServeSettings } from './server/serve-settings.ts';
import { defaultTuning, type Tuning } from './services/dependencies/service-dependencies.ts';
import { storeConfig } from './stores/store-config.ts';

/** Everything a person may set, checked. Which language is spoken is known before this (`runtime/environment/language.ts`). */
export type Settings = {
  readonly paths: Paths;
  readonly readOnly: boolean;
  readonly timeZone: string;
  readonly unknownTimeZone?: string;
  readonly actor: Actor;
  readonly tuning: Tuning;
  readonly dashboard: DashboardSettings;
  readonly serve: ServeSettings;
  /** Which store, and who said so. */
  readonly store: StoreConfig;
  readonly storeSaidBy: 'environment' | 'settings' | 'nobody';
  /** What was passed over, each with file and key. */
  readonly warnings: readonly SettingsProblem[];
};

/** One thing that is wrong: in which file (or `environment`), under which key, and what. */
export type SettingsProblem = {
  readonly where: string;
  readonly key: string;
  readonly what:
    | 'no-folder'
    | 'unreadable'
    | 'encoding'
    | 'empty'
    | 'not-json'
    | JsonTextError['why']
    | 'not-object'
    | 'wrong'
    | 'unknown-key';
  readonly said: string;
};

/** The settings cannot be used; every problem is named. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly problems: readonly SettingsProblem[];

  constructor(problems: readonly SettingsProblem[]) {
    super(problems.map((problem) => `${problem.where}: ${problem.key}: ${problem.said}`).join('\n'));
    this.problems = problems;
  }
}

const readConfig = (file: string): unknown => {
  const refused = (what: SettingsProblem['what'], said = '') =>
    new SettingsError([{ where: file, key: '', what, said }]);
  let text: string | undefined;
  try {
    text = decodeText(readRegularFile(file))?.text;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : '';
    if (code === 'ENOENT') return {};
    throw refused(code === 'ENOTDIR' ? 'no-folder' : 'unreadable', reason(error));
  }
  if (text === undefined) throw refused('encoding');
  // Never taken for no settings: a file that was cut to nothing may have said that nothing is to be changed.
  if (text.trim() === '') throw refused('empty');
  let found: unknown;
  try {
    found = parseStrictJson(text);
  } catch (error) {
    throw error instanceof JsonTextError ? refused(error.why, placeOf(error)) : error;
  }
  if (Object(found) !== found || Array.isArray(found)) throw refused('not-object');
  return found;
};

/** `2:14`, or `2:14:language` for a key. */
const placeOf = ({ line, column, key }: JsonTextError): string =>
  [line, column, ...(key === '' ? [] : [key])].join(':');

const reason = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const validate = (file: string, found: unknown): { config: Config; warnings: readonly SettingsProblem[] } => {
  // It is asked once: to compile it would take longer than to walk through it.
  const result = shapeOf(Object(found)).safeParse(found, { jitless: true });
  if (!result.success) {
    throw new SettingsError(
      result.error.issues.map((issue) => ({
        where: file,
        key: issue.path.join('.'),
        what: 'wrong' as const,
        said: issue.message,
      })),
    );
  }
  const unknown = Object.keys(Object(found)).filter((key) => !settingKeys.includes(key) && key !== '$schema');
  return {
    config: result.data,
    warnings: unknown.map((key) => ({ where: file, key, what: 'unknown-key', said: nearest(key) })),
  };
};

// The key that was perhaps meant, so that a slip of the finger is found at once.
const nearest = (key: string): string =>
  settingKeys.find((known) => known.toLowerCase() === key.toLowerCase().replace(/[-_]/g, '')) ?? '';

const readOnlyFrom = (env: Environment): boolean | undefined => {
  const value = env.BINDELED_READ_ONLY?.trim();
  if (value === undefined || value === '') return undefined;
  const meant = parseBoolean(value);
  if (meant === undefined)
    throw new SettingsError([{ where: 'environment', key: 'BINDELED_READ_ONLY', what: 'wrong', said: '1 / 0' }]);
  return meant;
};

const checkLanguage = (env: Environment): void => {
  const value = env.BINDELED_LANG?.trim();
  if (value === undefined || value === '' || parseLanguage(value) !== undefined) return;
  throw new SettingsError([{ where: 'environment', key: 'BINDELED_LANG', what: 'wrong', said: 'da / en' }]);
};

function storeFrom(env: Environment, config: Config, paths: Paths): Pick<Settings, 'store' | 'storeSaidBy'> {
  const said = env.BINDELED_STORE || undefined;
  const store = storeConfig(said ?? config.store ?? '', storePlaces(paths));
  if (store !== undefined)
    return { store, storeSaidBy: said !== undefined ? 'environment' : config.store ? 'settings' : 'nobody' };
  const where = said === undefined ? join(paths.config, 'config.json') : 'environment';
  const key = said === undefined ? 'store' : 'BINDELED_STORE';
  // What stands there is not said: it may hold a password.
  throw new SettingsError([{ where, key, what: 'wrong', said: 'json: / sqlite: / sqlite:/… / postgres://…' }]);
}

/** Who sits at the keyboard: the setting, else the person behind sudo, else the one who logged in. */
const actorFrom = (env: Environment, config: Config): Actor => ({
  kind: 'person',
  name:
    [env.BINDELED_USER, config.user, env.SUDO_USER, env.LOGNAME, env.USER]
      .map((name) => typedText(name ?? ''))
      .find((name) => name !== '') ?? systemUserName(),
});
const systemUserName = (): string => {
  try {
    return userInfo().username;
  } catch {
    return 'unknown';
  }
};

const tuningFrom = (config: Config): Tuning => ({
  unsoldDays: config.unsoldDays ?? defaultTuning.unsoldDays,
  overlapMs: config.overlapMinutes === undefined ? defaultTuning.overlapMs : config.overlapMinutes * 60_000,
  planMs: config.planMinutes === undefined ? defaultTuning.planMs : config.planMinutes * 60_000,
  jumpFactor: config.jumpFactor ?? defaultTuning.jumpFactor,
  shopsAtOnce: config.shopsAtOnce ?? defaultTuning.shopsAtOnce,
  staleMs: config.staleHours === undefined ? defaultTuning.staleMs : config.staleHours * 3_600_000,
  figureMs: config.figureHours === undefined ? defaultTuning.figureMs : config.figureHours * 3_600_000,
  stockPassMs: config.stockPassMinutes === undefined ? defaultTuning.stockPassMs : config.stockPassMinutes * 60_000,
  orderPages: defaultTuning.orderPages,
});

/**
 * The settings out of the environment and `config.json`, checked as one. Throws a `SettingsError` that names
 * every problem with its file and key; keys that nobody knows are warned about and passed over.
 */
export function readSettings(env: Environment, asked: { readonly readOnly?: boolean } = {}): Settings {
  const paths = pathsFrom(env);
  const file = join(paths.config, 'config.json');
  const { config, warnings } = validate(file, readConfig(file));
  checkLanguage(env);
  return {
    paths,
    // Read-only can be asked for from any side, and no side can take it back.
    readOnly: [asked.readOnly, readOnlyFrom(env), config.readOnly].includes(true),
    // Asked for only when a time of day is shown: it takes 10 ms to find out.
    get timeZone() {
      return config.timeZone ?? machineTimeZone();
    },
    get unknownTimeZone(): string | undefined {
      return config.timeZone === undefined ? unknownTimeZone() : undefined;
    },
    actor: actorFrom(env, config),
    tuning: tuningFrom(config),
    ...storeFrom(env, config, paths),
    dashboard: readDashboardSettings(config),
    serve: readServeSettings(config.serve ?? {}, env),
    warnings,
  };
}
