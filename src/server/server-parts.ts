import type { SharedState } from '../ports/shared-state.ts';
import type { WebhookAccess } from '../ports/webhooks.ts';
import type { ServiceDependencies } from '../services/dependencies/service-dependencies.ts';
import type { Services } from '../services/services.ts';
import type { Watcher } from './alarms/watcher.ts';
import type { Metrics } from './http/metrics.ts';
import type { TlsSource } from './http/tls.ts';
import type { ServeSettings } from './serve-settings.ts';
import type { ServerLog } from './server-log.ts';
import type { Supervisor } from './supervisor.ts';

/** What a server is made of. */
export type ServerParts = {
  readonly world: ServiceDependencies;
  readonly webhooks: WebhookAccess;
  readonly settings: ServeSettings;
  readonly timeZone: string;
  readonly log: ServerLog;
  /** Looks for what needs a person, and tells; nobody is told where left out. */
  readonly watcher?: (parts: {
    readonly services: Services;
    readonly metrics: Metrics;
    readonly machine: string;
  }) => Watcher;
  readonly supervisor?: Supervisor;
  readonly tls?: TlsSource;
  readonly serverId?: string;
  /** Where it is kept what shops told of until it has been taken in; nowhere where left out. */
  readonly shared?: SharedState;
};
