import { hostname } from 'node:os';
import { join } from 'node:path';
import type { Composed } from '../compose.ts';
import { hostReason, isLoopback } from '../connectors/urls.ts';
import { makeSendMessage } from '../server/alarms/channels.ts';
import { makeConditions } from '../server/alarms/conditions.ts';
import { sharedAlarms } from '../server/alarms/memory.ts';
import { makeWatcher } from '../server/alarms/watcher.ts';
import { cronTimes } from '../server/cron-times.ts';
import { makeServer, type Server } from '../server/server.ts';
import type { ServerLog } from '../server/server-log.ts';
import type { ServerParts } from '../server/server-parts.ts';
import { type Settings, SettingsError } from '../settings.ts';
import type { Language } from '../views/words/words.ts';
import type { Environment } from './environment/paths.ts';
import { makeKnownSecrets } from './known-secrets.ts';
import { listenTrouble } from './listen-error.ts';
import { makeLogger } from './logger.ts';
import { systemSupervisor } from './system-notify.ts';
import { openTlsFiles } from './tls-files.ts';

/** JSON lines on the standard error stream: the system keeps and rotates them. Secrets are hidden in them. */
export function makeServerLog(
  stream: { write(text: string): unknown },
  secrets: readonly string[] | (() => readonly string[]) = [],
): ServerLog {
  const logger = makeLogger(stream, secrets);
  return {
    info: (what, particulars = {}) => logger.info(particulars, what),
    warn: (what, particulars = {}) => logger.warn(particulars, what),
    error: (what, particulars = {}) => logger.error(particulars, what),
  };
}

/** Puts the server together over what one run of the program has. */
export function openServer(
  composed: Composed,
  { settings, language }: { readonly settings: Settings; readonly language: Language },
  env: Environment,
): Server {
  const { world, webhooks } = composed;
  const { timeZone, serve } = settings;
  const log = makeServerLog(process.stderr, makeKnownSecrets(env, settings.paths));
  checkTimes(settings);
  const { webhook } = serve.alarms;
  if (webhook !== undefined && !/^https?:$/.test(URL.parse(webhook.url)?.protocol ?? '')) {
    // What stands there is not said: it may be most of a secret.
    throw badWebhook('https://…');
  }
  const reason = webhook && hostReason(webhook.url);
  if (reason !== undefined) throw badWebhook(reason);
  const send = makeSendMessage(serve.alarms, {
    searchPath: env.PATH,
    isNear: isLoopback,
    onFailed: (error) => log.warn('told by one way, but not by another', { err: error }),
  });
  const watcher: ServerParts['watcher'] =
    send &&
    (({ services, metrics, machine }) =>
      makeWatcher({
        services,
        leases: world.leases,
        memory: sharedAlarms(composed.shared, hostname()),
        settings: serve.alarms,
        timeZone,
        language,
        machine,
        log,
        send,
        conditions: makeConditions({ services, store: world.store, webhooks, settings: serve }),
        counted: metrics.alarm,
      }));
  const supervisor = systemSupervisor(env, (error) => log.warn('systemd could not be told', { err: error }));
  const tls = openTlsFiles(settings);
  const { shared } = composed;
  const server = makeServer({ world, webhooks, settings: serve, timeZone, log, watcher, supervisor, tls, shared });
  const listen = async (): Promise<string> => {
    const known = new Set<string>((await world.store.shops()).map(({ id }) => id));
    for (const id of Object.keys(serve.push).filter((one) => !known.has(one)))
      log.warn('the settings let figures out to a shop that is not there', { shop: id });
    const address = await server.listen().catch((error) => Promise.reject(listenTrouble(error, settings)));
    const { protocol, hostname: host } = new URL(address);
    if (protocol === 'http:' && !isLoopback(host))
      log.warn('answers other machines without TLS, also about health: let a reverse proxy stand in front');
    return address;
  };
  return { ...server, listen };
}

const badWebhook = (said: string): SettingsError =>
  new SettingsError([{ where: 'environment', key: 'BINDELED_ALARM_WEBHOOK', what: 'wrong', said }]);

/** Throws a `SettingsError` that names the cron pattern which is none. */
function checkTimes({ serve, timeZone, paths }: Settings): void {
  const where = join(paths.config, 'config.json');
  for (const [key, pattern] of [
    ['serve.full', serve.rounds.full],
    ['serve.alarms.digest', serve.alarms.digest],
  ] as const) {
    try {
      if (pattern !== undefined) cronTimes(pattern, timeZone);
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      throw new SettingsError([{ where, key, what: 'wrong', said }]);
    }
  }
}
