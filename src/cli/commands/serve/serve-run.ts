import type { Server } from '../../../server/server.ts';
import { Refusal } from '../../../services/dependencies/refusal.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { printRounds } from './rounds-output.ts';

type Options = { readonly once?: boolean; readonly dryRun?: boolean };

const untilStopped = async ({ out, words, signal }: Session, server: Server): Promise<void> => {
  out.note(words.serve.listening(await server.listen()));
  await server.run(signal);
  out.note(words.serve.stopped);
};

const serve: CommandHandler<Session, Options> = async (session, _operands, { once, dryRun }) => {
  const server = await session.openServer();
  if (dryRun === true) {
    const status = await server.status();
    await printRounds(session, [status], { status });
    return exit.ok;
  }
  if (session.settings.readOnly) throw new Refusal('read-only');
  if (once !== true) await untilStopped(session, server);
  else {
    await server.once(session.signal);
    await server.close();
  }
  return exit.ok;
};

/** `serve run`: works until it is told to stop. */
export const serveRunCommand = defineCommand({
  name: 'serve run',
  help: 'serveRun',
  isDefault: true,
  options: [
    { flags: '--once', help: 'serveOnce' },
    { flags: '--dry-run', help: 'serveDryRun' },
  ],
  runUntilStopped: serve,
  examples: ['bindeled serve', 'bindeled serve --once', 'bindeled serve --dry-run'],
});
