import type { Command } from 'commander';
import { jsonDocument } from './cli/answers/json.ts';
import type { Output } from './cli/answers/output.ts';
import { printTrouble } from './cli/answers/print-trouble.ts';
import { type ExitCode, exit } from './cli/exit.ts';
import type { CommonOptions, Desk, Format, Front, Session, Work } from './cli/session.ts';
import { UsageError } from './cli/usage-error.ts';
import type { Composed } from './compose.ts';
import type { DashboardOptions } from './dashboard.ts';
import type { Log } from './log.ts';
import type { Opening } from './opening.ts';
import type { Environment } from './places.ts';
import type { Settings } from './settings.ts';
import type { Language, Words } from './views/words.ts';

/** What the front door has at hand before anything is opened. */
export type Entrance = {
  readonly env: Environment;
  readonly language: Language;
  readonly words: Words;
  readonly out: Output;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** The frame that stands already while the dashboard is being opened. */
  readonly opening?: Opening;
};

type Asked = CommonOptions & { readonly readOnly?: boolean };

const formatOf = ({ json, csv, plain }: Asked): Format =>
  json === true ? 'json' : csv === true ? 'csv' : plain === true ? 'plain' : 'text';

const careFor = async (settings: Settings) => {
  const [
    { backupStore, checkStore, compactStore, outgrown, restoreStore },
    { exportStore, exportToFile, importStore },
    { aboutCopy },
    { systemClock },
    { storeFolder },
  ] = await Promise.all([
    import('./stores/care/admin.ts'),
    import('./stores/care/portable.ts'),
    import('./stores/care/about-copy.ts'),
    import('./system-clock.ts'),
    import('./compose.ts'),
  ]);
  const store = { folder: storeFolder(settings), clock: systemClock };
  return {
    folder: store.folder,
    check: () => checkStore(store),
    backup: (target: string) => backupStore(store, target),
    restore: (backup: string) => aboutCopy(backup, () => restoreStore(store, backup)),
    outgrown: (integrations: number) => outgrown(store, integrations),
    compact: () => compactStore(store),
    exported: () => exportStore(store),
    exportTo: (file: string) => exportToFile(store, file),
    importFrom: (file: string) => aboutCopy(file, () => importStore(store, file)),
  };
};

/** Settings checked and everything a command has before the store is opened. Nothing heavy is loaded before this. */
async function openDesk(entrance: Entrance, asked: Asked): Promise<Desk> {
  const { env, language, words, out, signal } = entrance;
  const [{ readSettings }, { settingsProblemLine }] = await Promise.all([
    import('./settings.ts'),
    import('./failure.ts'),
  ]);
  const settings = readSettings(env, { readOnly: asked.readOnly });
  for (const warning of settings.warnings) out.note([{ text: settingsProblemLine(warning, words), tone: 'waiting' }]);
  const storeCare = () => careFor(settings);
  return { words, language, out, format: formatOf(asked), bom: asked.bom === true, signal, settings, storeCare };
}

/** Without a shop every list is empty for one reason, which is said after it: the first step. */
const withFirstStep =
  <Options>(work: Work<Session, Options>): Work<Session, Options> =>
  async (session, operands, options) => {
    const code = await work(session, operands, options);
    const isRead = session.format === 'text' || session.format === 'plain';
    if (isRead && code <= exit.findings && (await session.services.shops()).length === 0)
      session.out.note([{ text: session.words.cli.tip.noShops, tone: 'accent' }]);
    return code;
  };

/** The ways to run a command, and the exit code of the one that was run. */
export function makeFront(entrance: Entrance): { readonly front: Front; readonly ended: () => ExitCode } {
  const { env, words, out, log, signal, opening } = entrance;
  let code: ExitCode = exit.ok;

  const fail = async (error: unknown, asked: Asked): Promise<ExitCode> => {
    opening?.end();
    const { failureOf } = await import('./failure.ts');
    // Whatever an aborted call throws, the person knows why: it was their own doing.
    if (signal.aborted) {
      out.note(words.cli.interrupted);
      return exit.interrupted;
    }
    const failure = failureOf(error, words, log.file);
    if (failure.sort === 'bug') await log.trouble('bug', error);
    if (asked.json === true) {
      const { sort, kind, lines } = failure;
      out.data(jsonDocument('trouble', { sort, trouble: kind, ...lines }));
    }
    printTrouble(out, failure.lines);
    return failure.exit;
  };

  const wrapped =
    <Place extends Desk, Options>(
      work: Work<Place, Options>,
      open: (desk: Desk) => Promise<[Place, () => Promise<void>]>,
    ) =>
    async (...given: unknown[]): Promise<void> => {
      const command = given.at(-1) as Command;
      const options = command.optsWithGlobals<Options & Asked>();
      const started = performance.now();
      try {
        const [place, close] = await open(await openDesk(entrance, options));
        try {
          code = await work(place, command.args, options);
          if (signal.aborted) code = exit.interrupted;
        } finally {
          await close();
        }
      } catch (error) {
        code = await fail(error, options);
      }
      await log.note('command', {
        command: command.name(),
        exit: code,
        tookMs: Math.round(performance.now() - started),
      });
    };

  const openSession = async (desk: Desk): Promise<[Session, () => Promise<void>]> => {
    const { compose } = await import('./compose.ts');
    const { services, waitingUntil, close }: Composed = await compose(desk.settings, env);
    return [{ ...desk, services, waitingUntil }, close];
  };

  const dashboard: Work<Session, DashboardOptions> = async (session, [unknown], options) => {
    if (unknown !== undefined) throw new UsageError(words.cli.usage.unknownCommand(unknown), words.cli.tip.help);
    const { openDashboard } = await import('./dashboard.ts');
    return openDashboard(session, options, { env, opening });
  };

  const front: Front = {
    words,
    openDashboard: wrapped(dashboard, openSession),
    run: (work) => wrapped(withFirstStep(work), openSession),
    runClosed: (work) => wrapped(work, async (desk) => [desk, async () => undefined]),
  };
  return { front, ended: () => code };
}
