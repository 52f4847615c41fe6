import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ExitCode, exit } from './cli/exit.ts';
import type { CommonOptions, Session } from './cli/session.ts';
import { drawsOnScreen, isSet, type ThemeChoice, themeOf } from './dashboard-looks.ts';
import type { Opening } from './opening.ts';
import { opensLinks } from './opens-links.ts';
import type { Environment } from './places.ts';
import { storeWarningLine } from './views/happenings/store-warning-lines.ts';
import { welcome } from './welcome.ts';

export type DashboardOptions = { readonly theme?: ThemeChoice; readonly ascii?: boolean };

/** The world around the program, and the frame that stands already, if one does. */
export type DashboardPlace = { readonly env: Environment; readonly opening?: Opening };

/** Opens the dashboard, or its plain mode where a screen cannot be drawn. Refuses where nobody can type. */
export async function openDashboard(
  session: Session,
  options: DashboardOptions & CommonOptions,
  { env, opening }: DashboardPlace,
): Promise<ExitCode> {
  const { out, words, services, language, settings } = session;
  const { state, data } = settings.places;
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    out.note([{ text: words.cli.usage.noTerminal, tone: 'wrong' }]);
    out.note(words.cli.tip.noTerminal);
    return exit.usage;
  }
  const { timeZone } = settings;
  const isNew = (await services.shops()).length === 0;
  // A question is asked on the ordinary screen.
  if (isNew) opening?.end();
  const chosen = isNew ? await welcome(session) : 'open';
  if (typeof chosen === 'number') return chosen;
  const { integrations } = await services.counts();
  const outgrown = await (await session.storeCare()).outgrown(integrations);
  const notes = outgrown.map((warning) => storeWarningLine(warning, words));
  if (!drawsOnScreen(env, options.plain === true)) {
    for (const text of notes) out.note([{ text, tone: 'waiting' }]);
    const { openPlain } = await import('../components/open-plain.ts');
    const code = await openPlain({ services, language, timeZone, signal: session.signal });
    return code === exit.interrupted ? exit.interrupted : exit.ok;
  }
  const folder = join(data, 'exports');
  const [{ openApp }, { writeCrashReport }, { credentialsFile }] = await Promise.all([
    import('../components/open-app.tsx'),
    import('./crash-report.ts'),
    import('./compose.ts'),
  ]);
  const code = await openApp({
    services,
    language,
    theme: themeOf(options.theme ?? settings.dashboard.theme, env),
    ascii: options.ascii ?? settings.dashboard.ascii,
    timeZone,
    tmux: isSet(env.TMUX),
    hyperlinks: opensLinks(env),
    saveFile: async (name, text) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, name);
      await writeFile(path, text, { mode: 0o600, flag: 'wx' });
      return path;
    },
    saveCrash: (report) => writeCrashReport(report, { folder: state, credentialsFile: credentialsFile(settings) }, env),
    notes,
    opening: isNew ? undefined : opening,
    ...(chosen === 'add-shop' ? { start: { screen: 'shop-form' } } : {}),
  });
  if (code === 0) return exit.ok;
  return code === exit.interrupted ? exit.interrupted : exit.bug;
}
