import { join } from 'node:path';
import { Writable } from 'node:stream';
import { pino } from 'pino';
import type { Composed } from '../compose.ts';
import { redactor } from '../connectors/redact.ts';
import { makeTell } from '../server/alarms/channels.ts';
import { makeConditions } from '../server/alarms/conditions.ts';
import { alarmFile } from '../server/alarms/memory.ts';
import { makeWatcher } from '../server/alarms/watcher.ts';
import { makeServer, type Server, type ServerParts } from '../server/server.ts';
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
export function openServer(composed: Composed, settings: Settings, language: Language): Server {
  const { world, webhooks } = composed;
  const { timeZone, serve } = settings;
  const log = makeServerLog(process.stderr);
  const tell = makeTell(serve.alarms, process.env.PATH);
  const watcher: ServerParts['watcher'] =
    tell &&
    (({ services, metrics }) =>
      makeWatcher({
        services,
        leases: world.leases,
        memory: alarmFile(join(settings.paths.state, 'serve.json')),
        settings: serve.alarms,
        timeZone,
        language,
        log,
        tell,
        conditions: makeConditions({ services, store: world.store, webhooks, settings: serve }),
        counted: metrics.alarm,
      }));
  return makeServer({ world, webhooks, settings: serve, timeZone, log, watcher });
}
