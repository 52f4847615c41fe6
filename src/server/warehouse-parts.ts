import type { ServiceDependencies } from '../services/dependencies/service-dependencies.ts';
import type { Services } from '../services/services.ts';
import type { WarehouseSync } from '../services/warehouse/warehouse-service.ts';
import { makeWarehouseRounds, type WarehouseRounds } from './rounds/warehouse-rounds.ts';
import type { ServerLog } from './server-log.ts';
import type { StockSender } from './stock-sender.ts';
import { makeWarehouseHooks, type WarehouseHooks } from './webhooks/warehouse-hooks.ts';

type Parts = {
  readonly world: ServiceDependencies;
  readonly services: Services;
  readonly asWebhook: Services;
  readonly minutes: number;
  readonly figures: Pick<StockSender, 'sendToAll'>;
  readonly log: ServerLog;
  readonly signal: AbortSignal;
};

/** The warehouse as the server looks after it: read by rounds, and again what it tells of by itself. */
export function makeWarehouseParts({ world, services, asWebhook, minutes, figures, log, signal: stop }: Parts): {
  readonly rounds: WarehouseRounds;
  readonly hooks: WarehouseHooks;
} {
  const onRead = async ({ counts, changedIds }: WarehouseSync, signal: AbortSignal): Promise<void> => {
    if (changedIds.length + counts.created > 0) await figures.sendToAll(signal);
  };
  const rounds = makeWarehouseRounds({ services, clock: world.clock, minutes, log, onRead });
  const hooks = makeWarehouseHooks({
    services: asWebhook,
    driver: () => services.warehouse.show()?.driver.webhooks,
    secret: () => world.warehouses?.hookSecret(),
    log,
    signal: stop,
    hurry: () => rounds.hurry(),
    onRead,
  });
  return { rounds, hooks };
}
