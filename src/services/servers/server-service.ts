import type { Instant } from '../../domain/ids.ts';
import type { ServerReport } from '../../domain/servers/server-report.ts';

/** What one server on this store does now and next. */
export type ServerOverview = ServerReport & {
  /** When it last said so. */
  readonly seenAt: Instant;
  /** It was heard within the last minute; another one was ended by force, or its machine is gone. */
  readonly running: boolean;
};

/** The servers (`bindeled serve`) that work on this store, on whatever machine. */
export type ServerService = {
  /** Those that run first, by name, then the latest seen; none where no server has run. Not told of by `watch`: ask again. */
  list(): Promise<readonly ServerOverview[]>;
};
