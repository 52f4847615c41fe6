import { platformRegistry } from '../../src/connectors/registry.ts';
import type { Store } from '../../src/ports/store.ts';
import { makeWebhookAccess } from '../../src/runtime/webhook-access.ts';
import { makeSendMessage } from '../../src/server/alarms/channels.ts';
import { makeConditions } from '../../src/server/alarms/conditions.ts';
import { type AlarmMemory, sharedAlarms } from '../../src/server/alarms/memory.ts';
import type { Message } from '../../src/server/alarms/message.ts';
import { makeWatcher } from '../../src/server/alarms/watcher.ts';
import { type AlarmSettings, defaultServeSettings, type ServeSettings } from '../../src/server/serve-settings.ts';
import type { ServerParts } from '../../src/server/server-parts.ts';
import { memorySharedState } from '../../src/stores/shared-state/memory-shared-state.ts';
import type { TestEnvironment } from '../services/test-environment.ts';
import { hookSecret, openTestServer, quietLog } from './open-test-server.ts';

const minute = 60_000;

export type Watching = {
  readonly alarms?: Partial<AlarmSettings>;
  readonly language?: 'da' | 'en';
  readonly memory?: AlarmMemory;
  readonly settings?: Partial<ServeSettings>;
  readonly serverId?: string;
  /** What the store does otherwise. */
  readonly store?: Partial<Store>;
};

/** A server with a watcher over the shops of a test; what it tells is kept. */
export async function openWatched(
  environment: TestEnvironment,
  { alarms, language = 'en', memory, settings: over, serverId, store: otherwise }: Watching = {},
) {
  const told: Message[] = [];
  const inStore = sharedAlarms(memorySharedState(environment.clock), 'here');
  const settings = { ...defaultServeSettings, ...over, alarms: { ...defaultServeSettings.alarms, ...alarms } };
  const webhooks = makeWebhookAccess({
    drivers: platformRegistry,
    credentialsFor: () => ({ webhook_secret: hookSecret }),
    save: async () => {},
    clock: environment.clock,
  });
  const watcher: ServerParts['watcher'] = ({ services, metrics }) =>
    makeWatcher({
      services,
      leases: environment.harness.leases,
      memory: memory ?? inStore,
      settings: settings.alarms,
      timeZone: 'Europe/Copenhagen',
      language,
      machine: 'lager-1',
      log: quietLog,
      send: makeSendMessage(settings.alarms) ?? (async (message) => void told.push(message)),
      conditions: makeConditions({ services, store: environment.store, webhooks, settings }),
      counted: metrics.alarm,
    });
  const { harness, store, clock } = environment;
  const wait = (): Promise<void> => new Promise(() => {});
  const world = { ...harness, store: { ...store, ...otherwise }, clock: { now: () => clock.now(), wait } };
  const parts = otherwise === undefined ? { watcher, serverId } : { watcher, serverId, world };
  const { server, url } = await openTestServer(environment, { ...settings, port: 0 }, parts);
  const later = async (minutes: number): Promise<void> => {
    environment.clock.advance(minutes * minute);
    await server.tick();
    await server.idle();
    environment.clock.advance(2 * minute);
    await server.tick();
    await server.idle();
  };
  return { server, url, told, later };
}
