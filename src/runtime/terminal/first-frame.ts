import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { decodeText } from '../../files/decode-text.ts';
import { readRegularFile } from '../../files/regular-file.ts';
import { resolveLanguage } from '../environment/language.ts';
import { parseBoolean } from '../environment/parse-boolean.ts';
import { type Environment, pathsFrom } from '../environment/paths.ts';
import { canDrawScreen, resolveTheme, type ThemeSetting } from './terminal-theme.ts';

const themes: readonly string[] = ['auto', 'light', 'dark', 'mono'] satisfies readonly ThemeSetting[];
const isTheme = (value: unknown): value is ThemeSetting => typeof value === 'string' && themes.includes(value);

type RequestedOptions = { readonly theme?: ThemeSetting; readonly ascii: boolean; readonly readOnly: boolean };

/** What was asked of the dashboard; nothing where it is not plainly the dashboard that was asked for. */
function parseDashboardArguments(args: readonly string[]): RequestedOptions | undefined {
  let asked: RequestedOptions = { ascii: false, readOnly: false };
  const rest = args.flatMap((arg) => (/^--(?:theme|lang)=/.test(arg) ? arg.split('=') : [arg]));
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--ascii') asked = { ...asked, ascii: true };
    else if (word === '--read-only') asked = { ...asked, readOnly: true };
    else if (word === '--lang' && /^(?:da|en)$/.test(rest[0] ?? '')) rest.shift();
    else if (word === '--theme') {
      const theme = rest.shift();
      if (!isTheme(theme)) return undefined;
      asked = { ...asked, theme };
    } else if (word !== 'dashboard') return undefined;
  }
  return asked;
}

/** Whether anything was ever put into the store: without a shop there is a question instead of a screen. */
const hasData = (folder: string): boolean =>
  readdirSync(folder).some((name) => name.endsWith('.jsonl') && statSync(join(folder, name)).size > 0);

// Read by the way, before the settings are checked: what is wrong with the file is said when they are.
function readConfig(folder: string): Readonly<Record<string, unknown>> {
  try {
    const config: unknown = JSON.parse(decodeText(readRegularFile(join(folder, 'config.json')))?.text ?? '');
    return typeof config === 'object' && config !== null ? { ...config } : {};
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
}

/**
 * Draws the dashboard's first frame before the store is opened, where the dashboard is what was asked for and a screen
 * can be drawn. Whatever is doubtful (other arguments, settings that cannot be read, no store) draws nothing, and is
 * told by those who look closer.
 */
export async function drawFirstFrame(args: readonly string[], env: Environment) {
  const asked = parseDashboardArguments(args);
  if (asked === undefined) return undefined;
  // What a stream is can only be asked once Node has opened it, which other commands need not wait for.
  if (!process.stdin.isTTY || !process.stdout.isTTY || !canDrawScreen(env, false)) return undefined;
  try {
    const paths = pathsFrom(env);
    if (!hasData(join(paths.data, 'store'))) return undefined;
    const config = readConfig(paths.config);
    const { openStartupScreen } = await import('../../../components/terminal/startup-screen.ts');
    return openStartupScreen({
      language: resolveLanguage(args, env, paths.config),
      theme: resolveTheme(asked.theme ?? (isTheme(config.theme) ? config.theme : 'auto'), env),
      ascii: asked.ascii || config.ascii === true,
      readOnly: asked.readOnly || config.readOnly === true || parseBoolean(env.BINDELED_READ_ONLY) === true,
    });
  } catch {
    return undefined;
  }
}

/** The frame that stands before the dashboard does. */
export type FirstFrame = NonNullable<Awaited<ReturnType<typeof drawFirstFrame>>>;
