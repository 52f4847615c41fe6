import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Composed } from '../compose.ts';
import { redactor } from '../connectors/redact.ts';
import { makeServer, type Server } from '../server/server.ts';
import type { ServerLog } from '../server/server-log.ts';
import type { Settings } from '../settings.ts';
import type { Language } from '../views/words/words.ts';
import { secretPaths } from './log.ts';

/** JSON lines on the standard error stream: the system keeps and rotates them. Secrets are hidden in them. */
export function makeServerLog(stream: { write(text: string): unknown }): ServerLog {
  const hide = redactor([]);
  const lines = new Writable({
    write: (chunk, _encoding, done) => {
      stream.write(hide(String(chunk)));
      done();
    },
  });
  const logger = pino({ redact: { paths: [...secretPaths], censor: '[hidden]' }, base: { pid: process.pid } }, lines);
  return {
    info: (what, particulars = {}) => logger.info(particulars, what),
    warn: (what, particulars = {}) => logger.warn(particulars, what),
    error: (what, particulars = {}) => logger.error(particulars, what),
  };
}

/** Puts the server together over what one run of the program has. */
export function openServer(composed: Composed, settings: Settings, _language: Language): Server {
  return makeServer({
    world: composed.world,
    webhooks: composed.webhooks,
    settings: settings.serve,
    timeZone: settings.timeZone,
    log: makeServerLog(process.stderr),
  });
}
