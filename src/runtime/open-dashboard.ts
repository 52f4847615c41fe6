import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CommonOptions, Session } from '../cli/command-context.ts';
import { type ExitCode, exit } from '../cli/exit-codes.ts';
import { paletteFrom } from '../cli/palette.ts';
import { UsageError } from '../cli/usage-error.ts';
import { makeFolders } from '../stores/disk/make-folders.ts';
import { screenStoreWarning } from '../views/errors/screen-advice.ts';
import { storeWarningLine } from '../views/errors/store-warning-lines.ts';
import type { UnpackRequest } from '../views/terminal/picture.ts';
import type { Environment } from './environment/paths.ts';
import type { FirstFrame } from './terminal/first-frame.ts';
import { supportsHyperlinks } from './terminal/hyperlink-support.ts';
import { pictureProtocolOf } from './terminal/picture-support.ts';
import { canDrawScreen, isNonEmpty, resolveTheme, type ThemeSetting } from './terminal/terminal-theme.ts';
import { welcome } from './welcome.ts';

export type DashboardOptions = { readonly theme?: ThemeSetting; readonly ascii?: boolean };

/** The world around the program, and the frame that stands already, if one does. */
export type DashboardEnvironment = { readonly env: Environment; readonly firstFrame?: FirstFrame };

/** Opens the dashboard, or its plain mode where a screen cannot be drawn. Refuses where nobody can type. */
export async function openDashboard(
  session: Session,
  options: DashboardOptions & CommonOptions,
  { env, firstFrame }: DashboardEnvironment,
): Promise<ExitCode> {
  const { out, words, services, language, settings } = session;
  const { state, data } = settings.paths;
  if (session.format === 'json' || !process.stdin.isTTY || !process.stdout.isTTY)
    throw new UsageError(words.cli.usage.noTerminal, words.cli.tip.noTerminal);
  const { timeZone } = settings;
  const commands = paletteFrom(await session.program.commands());
  const isNew = (await services.shops.list()).length === 0;
  // A question is asked on the ordinary screen.
  if (isNew) firstFrame?.end();
  const chosen = isNew ? await welcome(session) : 'open';
  if (typeof chosen === 'number') return chosen;
  const { integrations } = await services.counts();
  const outgrown = await (await session.storeMaintenance()).outgrown(integrations);
  const zone = settings.unknownTimeZone;
  if (!canDrawScreen(env, options.plain === true)) {
    if (zone !== undefined) out.note([{ text: words.screen.unknownTimeZone(zone), tone: 'waiting' }]);
    for (const warning of outgrown) out.note([{ text: storeWarningLine(warning, words), tone: 'waiting' }]);
    const { openPlain } = await import('../../components/open-plain.ts');
    const code = await openPlain({ services, language, timeZone, commands, signal: session.signal });
    return code === exit.interrupted ? exit.interrupted : exit.ok;
  }
  const notes = [
    ...outgrown.map((warning) => screenStoreWarning(warning, words)),
    ...(zone === undefined ? [] : [words.screen.unknownTimeZone(zone)]),
  ];
  const pictures = pictureProtocolOf(settings.dashboard.pictures, env);
  const unpack = async (request: UnpackRequest) =>
    (await import('./terminal/unpack-picture.ts')).unpackPicture(request);
  const folder = join(data, 'exports');
  const [{ openApp }, { writeCrashReport }, { knownSecrets }] = await Promise.all([
    import('../../components/open-app.tsx'),
    import('./crash-report.ts'),
    import('./known-secrets.ts'),
  ]);
  const code = await openApp({
    services,
    language,
    theme: resolveTheme(options.theme ?? settings.dashboard.theme, env),
    ascii: options.ascii ?? settings.dashboard.ascii,
    timeZone,
    commands,
    mouse: settings.dashboard.mouse,
    askOnOpen: settings.dashboard.askOnOpen,
    tmux: isNonEmpty(env.TMUX),
    hyperlinks: supportsHyperlinks(env),
    pictures: pictures && { known: pictures, unpack },
    saveFile: async (name, text) => {
      makeFolders(folder);
      const path = join(folder, name);
      await writeFile(path, text, { mode: 0o600, flag: 'wx' });
      return path;
    },
    saveCrash: (report) => writeCrashReport(report, state, knownSecrets(env, settings.paths)),
    notes,
    startup: isNew ? undefined : firstFrame,
    opened: chosen === 'connect-shop' ? { screen: 'shop-form' } : undefined,
  });
  if (code === 0) return exit.ok;
  return code === exit.interrupted ? exit.interrupted : exit.bug;
}
