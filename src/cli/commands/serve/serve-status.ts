import type { ServerOverview } from '../../../services/servers/server-service.ts';
import { number } from '../../../views/format/numbers.ts';
import { localTime } from '../../../views/format/times.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printError } from '../../output/print-error.ts';
import { printRounds } from './rounds-output.ts';

const describe = ({ out, words, settings }: Session, server: ServerOverview): void => {
  const { serve } = words;
  const { machine, pid, startedAt, seenAt, running, webhookProductsWaiting: waiting } = server;
  const time = (at: typeof seenAt): string => localTime(at, settings.timeZone);
  if (running) out.say(serve.running(machine, String(pid), time(startedAt)));
  else out.say([{ text: serve.gone(machine, String(pid), time(seenAt)), tone: 'waiting' }]);
  if (running && waiting > 0) out.say(serve.waiting(words.domain.products(number(waiting, words))));
};

const serveStatus: CommandHandler<Session, object> = async (session) => {
  const { out, words, format } = session;
  const servers = await session.services.servers.list();
  const running = servers.filter((server) => server.running);
  if (format === 'json') out.data(jsonDocument('serve-status', { servers }));
  else {
    if (format !== 'csv') for (const server of servers) describe(session, server);
    if (running.length > 0) await printRounds(session, running, { servers });
    else printError(out, { said: words.serve.noServer, details: [], advice: words.serve.noServerAdvice });
  }
  return running.length > 0 ? exit.ok : exit.findings;
};

/** `serve status`: what every server on this store does now and next, on whatever machine. */
export const serveStatusCommand = defineCommand({
  name: 'serve status',
  help: 'serveStatus',
  run: serveStatus,
  examples: ['bindeled serve status', 'bindeled serve status --json'],
});
