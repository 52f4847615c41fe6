import { get } from 'node:http';
import type { ServerStatus } from '../../../server/server.ts';
import { number } from '../../../views/format/numbers.ts';
import { localTime } from '../../../views/format/times.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { printError } from '../../output/print-error.ts';
import { printRounds } from './rounds-output.ts';

const waitMs = 5000;

const isStatus = (found: unknown): found is ServerStatus =>
  typeof found === 'object' && found !== null && 'rounds' in found && Array.isArray(found.rounds);

/** What a server of ours says of itself; `undefined` where none answers. */
const statusAt = (url: URL): Promise<ServerStatus | undefined> =>
  new Promise((resolve) => {
    const request = get(url, { timeout: waitMs }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
      });
      response.on('error', () => resolve(undefined));
      response.on('end', () => {
        try {
          const found: unknown = JSON.parse(text);
          resolve(isStatus(found) ? found : undefined);
        } catch {
          resolve(undefined);
        }
      });
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => resolve(undefined));
  });

const serveStatus: CommandHandler<Session, object> = async (session) => {
  const { out, words, settings } = session;
  const { host, port } = settings.serve;
  const url = new URL(`http://${host.includes(':') ? `[${host}]` : host}:${port}/status`);
  const status = await statusAt(url);
  if (status === undefined) {
    printError(out, { said: words.serve.noServer(url.origin), details: [], advice: words.serve.noServerAdvice });
    return exit.connection;
  }
  if (session.format === 'text' || session.format === 'plain') {
    out.say(words.serve.running(status.host, String(status.pid), localTime(status.startedAt, settings.timeZone)));
    const waiting = status.webhookProductsWaiting;
    if (waiting > 0) out.say(words.serve.waiting(words.domain.products(number(waiting, words))));
  }
  await printRounds(session, status);
  return exit.ok;
};

/** `serve status`: what the server on this machine does now and next. */
export const serveStatusCommand = defineCommand({
  name: 'serve status',
  help: 'serveStatus',
  run: serveStatus,
  examples: ['bindeled serve status', 'bindeled serve status --json'],
});
