import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import type { Instant } from '../domain/ids.ts';
import { later } from '../domain/ids.ts';
import type { WebhookAccess } from '../ports/webhooks.ts';
import type { ServiceDependencies } from '../services/dependencies/service-dependencies.ts';
import { makeServices } from '../services/facade/make-services.ts';
import type { Services } from '../services/services.ts';
import type { Watcher } from './alarms/watcher.ts';
import { makeHttpServer } from './http/http-server.ts';
import { type Metrics, makeMetrics } from './http/metrics.ts';
import { makeRounds, type PlannedRound, type RoundReport, type Rounds } from './rounds/rounds.ts';
import type { ServeSettings } from './serve-settings.ts';
import type { ServerLog } from './server-log.ts';
import { pushUnattended } from './unattended-push.ts';
import { makeDeliveries } from './webhooks/deliveries.ts';
import { type Intake, makeIntake } from './webhooks/intake.ts';
import { receive } from './webhooks/receive.ts';

export type ServerParts = {
  readonly world: ServiceDependencies;
  readonly webhooks: WebhookAccess;
  readonly settings: ServeSettings;
  readonly timeZone: string;
  readonly log: ServerLog;
  /** Looks for what needs a person, and tells; nobody is told where left out. */
  readonly watcher?: (parts: { readonly services: Services; readonly metrics: Metrics }) => Watcher;
  readonly serverId?: string;
};

/** What the server does now and next. */
export type ServerStatus = {
  readonly host: string;
  readonly pid: number;
  readonly startedAt: Instant;
  readonly rounds: readonly PlannedRound[];
  readonly webhookProductsWaiting: number;
};

/** `bindeled serve`: rounds, webhooks, unattended push and alarms over one store. */
export type Server = {
  /** Begins to answer over HTTP; answers with its own address. */
  listen(): Promise<string>;
  /** Does what is due now. */
  tick(): Promise<void>;
  /** Works until the signal aborts, then ends cleanly. */
  run(signal: AbortSignal): Promise<void>;
  /** One round of every shop, and what follows from it. */
  once(signal: AbortSignal): Promise<void>;
  status(): Promise<ServerStatus>;
  /** Resolves once nothing is under way. */
  idle(): Promise<void>;
  /** Ends what is under way; `false` where something had to be left after ten seconds. */
  close(): Promise<boolean>;
};

const tickMs = 5000;
const stopMs = 10_000;

/** Builds the server. Each part acts under a name of its own: `schedule`, `webhook`. */
export function makeServer(parts: ServerParts): Server {
  const { world, settings, log, timeZone } = parts;
  const { clock } = world;
  const as = (name: string): Services => makeServices({ ...world, actor: { kind: 'program', name } });
  const services = as('schedule');
  const looking = makeServices({ ...world, readOnly: true });
  const stop = new AbortController();
  const startedAt = clock.now();
  let tickedAt = startedAt;

  const metrics = makeMetrics(services, () => intake.waiting());
  const watcher = parts.watcher?.({ services: looking, metrics });
  const intake: Intake = makeIntake({
    fetch: as('webhook').fetch,
    log,
    signal: stop.signal,
    hurry: (shopId) => rounds.hurry(shopId),
    onResult: ({ shopId, outcome }) => metrics.fetched(shopId, outcome),
  });

  const tellFigures = async ({ shopId, result }: RoundReport, signal: AbortSignal): Promise<void> => {
    const passes = settings.push[shopId];
    const read = result.run?.status === 'finished' && result.trouble === undefined && result.wouldRemove === undefined;
    if (passes === undefined || !read) return;
    const sent = await pushUnattended({ preview: looking.push, push: services.push, shopId, passes }, signal);
    if (sent === undefined) return;
    metrics.pushed(shopId, 'sent', sent.sent);
    metrics.pushed(shopId, 'refused', sent.refused);
    log.info('figures sent', { shop: shopId, plan: sent.planId, sent: sent.sent, refused: sent.refused });
  };

  const rounds: Rounds = makeRounds({
    services,
    clock,
    settings: settings.rounds,
    timeZone,
    shopsAtOnce: world.tuning.shopsAtOnce,
    log,
    serverId: parts.serverId,
    onRound: async (report, signal) => {
      metrics.round(report);
      await tellFigures(report, signal);
    },
  });

  const deliveries = makeDeliveries();
  const receiving = {
    access: parts.webhooks,
    shops: () => world.store.shops(),
    deliveries,
    intake,
    now: () => clock.now(),
    heard: (shopId: RoundReport['shopId'], at: Instant) => watcher?.heard(shopId, at),
  };
  const status = async (): Promise<ServerStatus> => ({
    host: hostname(),
    pid: process.pid,
    startedAt,
    rounds: await rounds.plan(),
    webhookProductsWaiting: intake.waiting(),
  });
  const app = makeHttpServer({
    alive: () => later(tickedAt, 12 * tickMs) > clock.now(),
    ready: async () => {
      await world.store.counts();
      return !stop.signal.aborted;
    },
    status,
    metrics,
    receive: (shopId, request) => receive(receiving, shopId, request),
    onError: (what, error) => log.error(what, { err: error }),
  });

  const look = async (): Promise<void> => {
    try {
      await watcher?.look(stop.signal);
    } catch (error) {
      if (!stop.signal.aborted) log.error('looking for alarms failed', { err: error });
    }
  };
  const tick = async (): Promise<void> => {
    tickedAt = clock.now();
    try {
      await rounds.tick(stop.signal);
    } catch (error) {
      // The store may be away for a while: the next tick asks again.
      if (!stop.signal.aborted) log.error('tick failed', { err: error });
    }
    await look();
  };
  const idle = async (): Promise<void> => {
    await Promise.all([rounds.idle(), intake.idle()]);
  };
  const close = async (): Promise<boolean> => {
    stop.abort(new DOMException('the server stops', 'AbortError'));
    const waiting = new AbortController();
    const ended = Promise.all([app.close(), idle(), watcher?.close()]).then(() => true);
    const inTime = await Promise.race([ended, clock.wait(stopMs, waiting.signal).then(() => false)]);
    waiting.abort();
    log.info('server stopped', { clean: inTime });
    return inTime;
  };

  return {
    listen: async () => {
      await app.listen({ host: settings.host, port: settings.port });
      const address = app.server.address() as AddressInfo;
      const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
      log.info('server listens', { host: settings.host, port: address.port });
      return `http://${host}:${address.port}`;
    },
    tick,
    run: async (signal) => {
      while (!signal.aborted) {
        await tick();
        await clock.wait(tickMs, signal).catch(() => undefined);
      }
      await close();
    },
    once: async (signal) => {
      await rounds.once(AbortSignal.any([signal, stop.signal]));
      await look();
    },
    status,
    idle,
    close,
  };
}
