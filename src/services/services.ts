import type { Actor } from '../domain/actor.ts';
import type { Instant } from '../domain/ids.ts';
import type { StoreCounts } from '../ports/store.ts';
import type { StoreError } from '../ports/store-error.ts';
import type { StoreChange } from '../ports/store-questions.ts';
import type { ConflictService } from './conflicts/conflict-service.ts';
import type { DiagnosisService } from './diagnosis/diagnosis-service.ts';
import type { FetchService } from './fetch/fetch-service.ts';
import type { HistoryService } from './history/history-service.ts';
import type { InactiveService } from './inactive/inactive-service.ts';
import type { IntegrationService } from './integrations/integration-service.ts';
import type { LookupService } from './lookup/lookup-service.ts';
import type { MarkService } from './marks/mark-service.ts';
import type { OverviewService } from './overview/overview-service.ts';
import type { PatternService } from './patterns/pattern-service.ts';
import type { PictureService } from './pictures/picture-service.ts';
import type { PushService } from './push/push-service.ts';
import type { ServerService } from './servers/server-service.ts';
import type { ShopService } from './shops/shop-service.ts';
import type { StockService } from './stock/stock-service.ts';
import type { SyncService } from './sync/sync-service.ts';
import type { WarehouseService } from './warehouse/warehouse-service.ts';

export type { StoreChange };

/** Who works, whether anything may be changed, and what time it is. */
export type ServiceSession = {
  readonly actor: Actor;
  readonly readOnly: boolean;
  now(): Instant;
  watch(listener: (change: StoreChange) => void): () => void;
  /** Called when the store can no longer be read, so that everything shown is old, and when it can be again. */
  watchTrouble(listener: (trouble: StoreError | undefined) => void): () => void;
  counts(): Promise<StoreCounts>;
};

/**
 * Every capability under its name, for the composition root and the context of commands and screens; what uses one
 * names that one. Reading never changes anything; acting says who acts.
 */
export type Services = ServiceSession & {
  readonly lookup: LookupService;
  readonly fetch: FetchService;
  readonly sync: SyncService;
  readonly push: PushService;
  readonly conflicts: ConflictService;
  readonly inactive: InactiveService;
  readonly stock: StockService;
  readonly warehouse: WarehouseService;
  readonly shops: ShopService;
  readonly integrations: IntegrationService;
  readonly diagnosis: DiagnosisService;
  readonly history: HistoryService;
  readonly marks: MarkService;
  readonly patterns: PatternService;
  readonly pictures: PictureService;
  readonly overview: OverviewService;
  readonly servers: ServerService;
};
