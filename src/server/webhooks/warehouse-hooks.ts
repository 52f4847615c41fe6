import { createHash, timingSafeEqual } from 'node:crypto';
import type { WarehouseKey } from '../../domain/warehouse/warehouse.ts';
import type { RawRequest } from '../../ports/platform.ts';
import type { WarehouseHooks as DriverHooks } from '../../ports/warehouse.ts';
import type { WarehouseService, WarehouseSync } from '../../services/warehouse/warehouse-service.ts';
import type { ServerLog } from '../server-log.ts';
import type { Reception } from './receive.ts';

/** What stands in the place of a shop's id in the address; no shop may be called so. */
export const warehouseName = 'warehouse';

export type WarehouseHooksOptions = {
  readonly services: { readonly warehouse: Pick<WarehouseService, 'reread'> };
  readonly driver: () => DriverHooks | undefined;
  readonly secret: () => string | undefined;
  readonly log: ServerLog;
  readonly signal: AbortSignal;
  /** The next reading of the warehouse comes soon: it is not known what changed, or it was too much. */
  readonly hurry: () => void;
  readonly onRead: (read: WarehouseSync, signal: AbortSignal) => Promise<void>;
};

/** Takes in what the warehouse tells by itself, after it has had its answer. */
export type WarehouseHooks = {
  receive(request: RawRequest): Reception;
  idle(): Promise<void>;
};

const atOnce = 50;
/** More than this is not asked for one by one. */
const maxWaiting = 2_000;

const hash = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The address is `/hooks/warehouse/<secret>/<event>`: the warehouse signs nothing, so that only the address can prove it. */
export function makeWarehouseHooks(options: WarehouseHooksOptions): WarehouseHooks {
  const { services, log, signal, hurry } = options;
  const waiting = new Set<WarehouseKey>();
  let working: Promise<void> | undefined;

  const work = async (): Promise<void> => {
    while (waiting.size > 0 && !signal.aborted) {
      const keys = [...waiting].slice(0, atOnce);
      for (const key of keys) waiting.delete(key);
      try {
        const read = await services.warehouse.reread(keys, signal);
        if (read === undefined) hurry();
        else await options.onRead(read, signal);
      } catch (error) {
        if (!signal.aborted)
          log.error('reading what the warehouse told of failed', { products: keys.length, err: error });
        hurry();
      }
    }
  };
  const start = (): void => {
    working ??= work().finally(() => {
      working = undefined;
      if (waiting.size > 0 && !signal.aborted) start();
    });
  };

  return {
    receive: ({ path, body }) => {
      const [driver, secret] = [options.driver(), options.secret()];
      if (driver === undefined || secret === undefined) return 'unknown-shop';
      const [given = '', event = ''] = path.split('/');
      if (!timingSafeEqual(hash(given), hash(secret))) return 'bad-signature';
      const keys = driver.keysIn(event, body);
      if (keys === undefined) return 'empty';
      if (keys === 'all' || waiting.size + keys.length > maxWaiting) hurry();
      else for (const key of keys) waiting.add(key);
      if (waiting.size > 0) start();
      return 'taken';
    },
    idle: async () => {
      while (working !== undefined) await working;
    },
  };
}
