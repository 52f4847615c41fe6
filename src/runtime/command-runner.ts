import type { Command } from 'commander';
import type {
  CommandContext,
  CommandHandler,
  CommandRunner,
  CommonOptions,
  Format,
  Session,
} from '../cli/command-context.ts';
import { type ExitCode, exit } from '../cli/exit-codes.ts';
import { jsonDocument } from '../cli/output/json.ts';
import type { Output } from '../cli/output/output.ts';
import { printError } from '../cli/output/print-error.ts';
import { UsageError } from '../cli/usage-error.ts';
import type { Composed } from '../compose.ts';
import type { CalledServer } from '../stores/sql/postgres/pool.ts';
import type { Language, Words } from '../views/words/words.ts';
import type { Environment } from './environment/paths.ts';
import type { Log } from './log.ts';
import type { DashboardOptions } from './open-dashboard.ts';
import type { FirstFrame } from './terminal/first-frame.ts';

/** What the entry point has at hand before anything is opened. */
export type RuntimeContext = {
  readonly env: Environment;
  /** Every secret that may be at hand in this run. */
  readonly secrets: () => Promise<readonly string[]>;
  readonly language: Language;
  readonly words: Words;
  readonly out: Output;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** Every command of this program, and its version. */
  readonly program: CommandContext['program'];
  /** The frame that stands already while the dashboard is being opened. */
  readonly firstFrame?: FirstFrame;
  /** The server that is being called already. */
  readonly called?: CalledServer;
};

type RequestedOptions = CommonOptions & { readonly readOnly?: boolean };

/** One form for programs at a time: who asks for two gets neither by surprise. */
function formatOf({ json, csv, bom, plain }: RequestedOptions, { cli }: Words): Format {
  if (json === true && csv === true) throw new UsageError(cli.usage.oneForm, cli.tip.help);
  if (bom === true && csv !== true) throw new UsageError(cli.usage.bomWithoutCsv, cli.tip.help);
  return json === true ? 'json' : csv === true ? 'csv' : plain === true ? 'plain' : 'text';
}

/** Settings checked and everything a command has before the store is opened. Nothing heavy is loaded before this. */
async function openCommandContext(runtime: RuntimeContext, asked: RequestedOptions): Promise<CommandContext> {
  const { env, language, words, out, signal, program } = runtime;
  const [{ readSettings }, { settingsProblemLine }] = await Promise.all([
    import('../settings.ts'),
    import('./error-report.ts'),
  ]);
  const settings = readSettings(env, { readOnly: asked.readOnly });
  for (const warning of settings.warnings) out.note([{ text: settingsProblemLine(warning, words), tone: 'waiting' }]);
  const storeMaintenance = async () => (await import('./store-maintenance.ts')).maintenanceFor(settings, signal);
  const format = formatOf(asked, words);
  const bom = asked.bom === true;
  const context = { words, language, out, format, bom, signal, settings, storeMaintenance, program };
  const runDemo = async (options: readonly string[]) => (await import('./run-demo.ts')).runDemo(context, options);
  return { ...context, runDemo };
}

/** Without a shop every list is empty for one reason, which is said after it: the first step. */
const withFirstStepTip =
  <Options>(handler: CommandHandler<Session, Options>): CommandHandler<Session, Options> =>
  async (session, operands, options) => {
    const isRead = session.format === 'text' || session.format === 'plain';
    const areNone = async (): Promise<boolean> => (await session.services.shops.all()).length === 0;
    // Beside the command, which then waits for no answer that it has no use for; anew where the command may have added one.
    const wereNone = isRead ? areNone().catch(() => false) : Promise.resolve(false);
    const code = await handler(session, operands, options);
    if (code <= exit.findings && (await wereNone) && (await areNone()))
      session.out.note([{ text: session.words.cli.tip.noShops, tone: 'accent' }]);
    return code;
  };

/** The ways to run a command, and the exit code of the one that was run. */
export function makeCommandRunner(runtime: RuntimeContext): {
  readonly runner: CommandRunner;
  readonly exitCode: () => ExitCode;
  /** Says what an error is about and notes a fault of ours; answers the exit code. No secret is in what it says. */
  readonly fail: (error: unknown, asked: Pick<RequestedOptions, 'json'>) => Promise<ExitCode>;
} {
  const { env, secrets, words, out, log, signal, firstFrame, called } = runtime;
  let code: ExitCode = exit.ok;

  const fail = async (error: unknown, asked: Pick<RequestedOptions, 'json'>): Promise<ExitCode> => {
    firstFrame?.end();
    const { maskedReportOf } = await import('./masked-report.ts');
    // Whatever an aborted call throws, the person knows why: it was their own doing.
    if (signal.aborted) {
      out.note(words.cli.interrupted);
      return exit.interrupted;
    }
    const report = maskedReportOf(error, await secrets(), { words, logFile: log.file });
    if (report.sort === 'bug') await log.trouble('bug', error);
    if (asked.json === true) {
      const { sort, kind, lines } = report;
      out.data(jsonDocument('trouble', { sort, trouble: kind, ...lines }));
    }
    printError(out, report.lines);
    return report.exit;
  };

  const wrapped =
    <Context extends CommandContext, Options>(
      handler: CommandHandler<Context, Options>,
      open: (context: CommandContext) => Promise<[Context, () => Promise<void>]>,
      endsBySignal = false,
    ) =>
    async (...given: unknown[]): Promise<void> => {
      const command = given.at(-1) as Command;
      const options = command.optsWithGlobals<Options & RequestedOptions>();
      // Not `performance`: Node loads a module for it, which takes 2 ms.
      const started = process.uptime();
      try {
        const [place, close] = await open(await openCommandContext(runtime, options));
        try {
          code = await handler(place, command.args, options);
          if (signal.aborted && !endsBySignal) code = exit.interrupted;
        } finally {
          await close();
        }
      } catch (error) {
        code = await fail(error, options);
      }
      log.note('command', {
        command: command.name(),
        exit: code,
        tookMs: Math.round(1_000 * (process.uptime() - started)),
      });
    };

  const openSession = async (context: CommandContext): Promise<[Session, () => Promise<void>]> => {
    const { compose } = await import('../compose.ts');
    const composed: Composed = await compose(context.settings, env, called);
    const { services, waitingUntil, world, close } = composed;
    const { makeWebhookService } = await import('../services/webhooks/manage-webhooks.ts');
    // On a screen the first line says it, for as long as it is so.
    if (composed.onlyRead !== undefined && firstFrame === undefined) {
      const { onlyReadLine } = await import('../views/errors/store-error-lines.ts');
      context.out.note([{ text: onlyReadLine(composed.onlyRead, words), tone: 'waiting' }]);
    }
    const openServer = async () => (await import('./open-server.ts')).openServer(composed, context, env);
    const webhooks = makeWebhookService(world, composed.webhooks);
    return [{ ...context, services, waitingUntil, webhooks, openServer }, close];
  };

  const dashboard: CommandHandler<Session, DashboardOptions> = async (session, [unknown], options) => {
    if (unknown !== undefined) throw new UsageError(words.cli.usage.unknownCommand(unknown), words.cli.tip.help);
    const { openDashboard } = await import('./open-dashboard.ts');
    return openDashboard(session, options, { env, firstFrame });
  };

  const runner: CommandRunner = {
    words,
    openDashboard: wrapped(dashboard, openSession),
    run: (handler) => wrapped(withFirstStepTip(handler), openSession),
    runUntilStopped: (handler) => wrapped(handler, openSession, true),
    runWithoutStore: (handler) => wrapped(handler, async (context) => [context, async () => undefined]),
  };
  return { runner, exitCode: () => code, fail };
}
