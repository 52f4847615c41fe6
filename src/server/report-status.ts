import { type Instant, millisecondsOf, type ShopId } from '../domain/ids.ts';
import { type PlannedWork, type ServerReport, type ServerWork, serverGoneMs } from '../domain/servers/server-report.ts';
import type { ServerBoard } from '../ports/shared-state.ts';
import type { Rounds } from './rounds/rounds.ts';
import type { WarehouseRounds } from './rounds/warehouse-rounds.ts';
import type { Intake } from './webhooks/intake.ts';

/** What does not change while a server runs. */
export type ServerIdentity = Pick<ServerReport, 'id' | 'machine' | 'pid' | 'startedAt'>;

export type StatusParts = {
  readonly identity: ServerIdentity;
  readonly rounds: Pick<Rounds, 'plan'>;
  readonly warehouse: Pick<WarehouseRounds, 'plan'>;
  readonly intake: Pick<Intake, 'waiting' | 'working'>;
  readonly paused: () => Promise<readonly ShopId[]>;
  readonly address: () => string | undefined;
};

/** What a server does now and next. */
export async function serverReport(parts: StatusParts): Promise<ServerReport> {
  const { identity, intake } = parts;
  const plan = await parts.rounds.plan();
  const warehouse = parts.warehouse.plan();
  const doing: readonly ServerWork[] = [
    ...plan.flatMap(({ shopId, underWay }) => (underWay === undefined ? [] : [{ shopId, ...underWay }])),
    ...(warehouse.underWay === undefined ? [] : [{ what: 'warehouse', since: warehouse.underWay } as const]),
    ...intake.working().map(({ shopId, since }) => ({ shopId, what: 'webhook', since }) as const),
  ];
  const next: readonly PlannedWork[] = [
    ...plan.flatMap(({ shopId, next }) => (next === undefined ? [] : [{ shopId, what: next.kind, at: next.at }])),
    ...(warehouse.next === undefined ? [] : [{ what: 'warehouse', at: warehouse.next } as const]),
  ];
  return {
    ...identity,
    address: parts.address(),
    doing,
    next: next.toSorted((a, b) => (a.at < b.at ? -1 : 1)),
    paused: await parts.paused(),
    webhookProductsWaiting: intake.waiting(),
  };
}

export type Reporter = {
  /** Puts the report on the board where it is another than before, or the last one grows old. */
  report(now: Instant): Promise<void>;
  close(): Promise<void>;
};

const repeatMs = serverGoneMs / 4;
const forgottenMs = 7 * 86_400_000;

/** Tells everybody on the store what this server does; nobody where there is no board. */
export function makeReporter(
  board: ServerBoard | undefined,
  identity: ServerIdentity,
  compose: () => Promise<ServerReport>,
): Reporter {
  let said: { readonly text: string; readonly at: Instant } | undefined;

  /** Ours that were ended by force are gone for good; others' are kept, so that a person sees when they were last seen. */
  const clear = async (on: ServerBoard): Promise<void> => {
    for (const { report, ageMs } of await on.list()) {
      const isOurs = report.machine === identity.machine && ageMs >= repeatMs * 2;
      if (isOurs || ageMs > forgottenMs) await on.remove(report.id);
    }
  };

  return {
    report: async (now) => {
      if (board === undefined) return;
      const report = await compose();
      const text = JSON.stringify(report);
      if (said?.text === text && millisecondsOf(now) - millisecondsOf(said.at) < repeatMs) return;
      if (said === undefined) await clear(board);
      await board.put(report);
      said = { text, at: now };
    },
    close: async () => {
      if (said !== undefined) await board?.remove(identity.id);
    },
  };
}
