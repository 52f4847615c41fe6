import type { AddressInfo } from 'node:net';
import { hostname } from 'node:os';
import { type Instant, later, type ShopId } from '../domain/ids.ts';
import type { ServerReport } from '../domain/servers/server-report.ts';
import { makeServices } from '../services/facade/make-services.ts';
import type { Services } from '../services/services.ts';
import { makeHttpServer } from './http/http-server.ts';
import { makeMetrics } from './http/metrics.ts';
import { renewCertificate } from './http/tls.ts';
import { makeReporter, type ServerIdentity, serverReport } from './report-status.ts';
import { makeRounds, type Rounds } from './rounds/rounds.ts';
import type { ServerParts } from './server-parts.ts';
import { makeStockSender } from './stock-sender.ts';
import { notingTrouble } from './store-news.ts';
import { followTrouble, isReady } from './store-trouble.ts';
import { makeWarehouseParts } from './warehouse-parts.ts';
import { makeDeliveries } from './webhooks/deliveries.ts';
import { type Intake, makeIntake } from './webhooks/intake.ts';
import { keepNothing, makeKeptSignals } from './webhooks/kept-signals.ts';
import { knownShops } from './webhooks/known-shops.ts';
import { receive } from './webhooks/receive.ts';
import { warehouseName } from './webhooks/warehouse-hooks.ts';

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
  /** What it does now and next. */
  status(): Promise<ServerReport>;
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
  const machine = hostname();
  const identity: ServerIdentity = {
    id: parts.serverId ?? `${machine} ${process.pid}`,
    machine,
    pid: process.pid,
    startedAt: clock.now(),
  };
  let tickedAt = identity.startedAt;
  let address: string | undefined;

  const trouble = followTrouble(world.store, stop.signal);
  const metrics = makeMetrics(services, { waiting: () => intake.waiting(), storeTrouble: trouble });
  const watcher = parts.watcher?.({ services: looking, metrics, machine });
  const intake: Intake = makeIntake({
    fetch: as('webhook').fetch,
    kept:
      parts.shared === undefined
        ? keepNothing
        : makeKeptSignals({ shared: parts.shared, serverId: identity.id, clock, log }),
    log,
    signal: stop.signal,
    now: () => clock.now(),
    hurry: (shopId) => rounds.hurry(shopId),
    onResult: ({ shopId, outcome }) => metrics.fetched(shopId, outcome),
  });

  const figures = makeStockSender({ services, looking, leases: world.leases, push: settings.push, metrics, log });

  const rounds: Rounds = makeRounds({
    services,
    clock,
    settings: settings.rounds,
    timeZone,
    shopsAtOnce: world.tuning.shopsAtOnce,
    log,
    serverId: identity.id,
    onRound: async (report, signal) => {
      metrics.round(report);
      if (report.result.trouble === undefined) intake.again(report.shopId);
      const { run, trouble, wouldRemove } = report.result;
      const isWhole = run?.status === 'finished' && trouble === undefined && wouldRemove === undefined;
      if (isWhole) await figures.sendTo(report.shopId, signal);
    },
  });
  const { warehouseMinutes: minutes } = settings.rounds;
  const warehouseParts = { world, services, asWebhook: as('webhook'), minutes, figures, log, signal: stop.signal };
  const { rounds: warehouse, hooks: warehouseHooks } = makeWarehouseParts(warehouseParts);

  const shops = knownShops(world.store);
  const deliveries = makeDeliveries();
  const receiving = {
    access: parts.webhooks,
    shops: shops.list,
    deliveries,
    intake,
    now: () => clock.now(),
    heard: (shopId: ShopId, at: Instant) => watcher?.heard(shopId, at),
  };
  const status = (): Promise<ServerReport> =>
    serverReport({
      identity,
      rounds,
      warehouse,
      intake,
      paused: async () => (await world.store.shops()).filter(({ paused }) => paused).map(({ id }) => id),
      address: () => address,
    });
  const reporter = makeReporter(world.servers, identity, status);
  const app = makeHttpServer({
    alive: () => later(tickedAt, 12 * tickMs) > clock.now(),
    ready: () => isReady(world.store, trouble, stop.signal),
    status,
    metrics,
    receive: async (shopId, request) =>
      shopId === warehouseName ? warehouseHooks.receive(request) : receive(receiving, shopId, request),
    onError: (what, error) => log.error(what, { err: error }),
    tls: parts.tls?.pair,
  });

  const { noting, noted } = notingTrouble(log, { clock, stopping: stop.signal, standing: trouble });
  const look = async (): Promise<void> => {
    if (watcher !== undefined) await noting('looking for alarms failed', () => watcher.look(stop.signal));
    await watcher?.storeIs(noted());
  };
  const tick = async (): Promise<void> => {
    tickedAt = clock.now();
    renewCertificate(app, parts.tls, log);
    await noting('tick failed', async () => {
      warehouse.tick(stop.signal);
      await rounds.tick(stop.signal);
      await reporter.report(clock.now());
      await intake.takeOver();
      return true;
    });
    // A store that is silent keeps each part waiting for most of a minute; that is no server that hangs.
    await parts.supervisor?.alive();
    tickedAt = clock.now();
    await look();
  };
  const idle = async (): Promise<void> => {
    await Promise.all([rounds.idle(), warehouse.idle(), warehouseHooks.idle(), intake.idle()]);
  };
  const close = async (): Promise<boolean> => {
    shops.close();
    stop.abort(new DOMException('the server stops', 'AbortError'));
    const waiting = new AbortController();
    // What is not written down because the store is away is left as after a crash: the next server finds it.
    const ending = [app.close(), idle(), watcher?.close(), reporter.close()];
    const ended = Promise.allSettled(ending).then((all) => all.every(({ status: how }) => how === 'fulfilled'));
    const inTime = await Promise.race([ended, clock.wait(stopMs, waiting.signal).then(() => false)]);
    waiting.abort();
    log.info('server stopped', { clean: inTime });
    return inTime;
  };

  return {
    listen: async () => {
      await app.listen({ host: settings.host, port: settings.port });
      const bound = app.server.address() as AddressInfo;
      const host = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
      log.info('server listens', { host: settings.host, port: bound.port });
      address = `${parts.tls === undefined ? 'http' : 'https'}://${host}:${bound.port}`;
      await parts.supervisor?.ready();
      return address;
    },
    tick,
    run: async (signal) => {
      while (!signal.aborted) {
        await tick();
        await parts.supervisor?.alive();
        await clock.wait(tickMs, signal).catch(() => undefined);
      }
      await parts.supervisor?.stopping();
      await close();
    },
    once: async (signal) => {
      const either = AbortSignal.any([signal, stop.signal]);
      await warehouse.once(either);
      await intake.takeOver();
      await intake.idle();
      await rounds.once(either);
      await look();
    },
    status,
    idle,
    close,
  };
}
