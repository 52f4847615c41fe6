import { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { millisecondsOf } from '../../domain/ids.ts';
import { StoreError } from '../../ports/store-error.ts';
import type { Services } from '../../services/services.ts';
import { outcomeOf, type RoundReport } from '../rounds/rounds.ts';
import type { Reception } from '../webhooks/receive.ts';

/** Figures for Prometheus. */
export type Metrics = {
  round(report: RoundReport): void;
  delivery(shop: string, reception: Reception | 'too-large'): void;
  fetched(shop: string, outcome: string): void;
  pushed(shop: string, result: string, count: number): void;
  alarm(kind: string, event: 'raised' | 'solved' | 'failed'): void;
  text(): Promise<{ readonly type: string; readonly body: string }>;
};

type Known = {
  /** How many products that shops told of are still to be asked for. */
  readonly waiting: () => number;
  /** What is wrong with the store, though it may answer. */
  readonly storeTrouble: () => StoreError | undefined;
};

export function makeMetrics(services: Services, { waiting, storeTrouble }: Known): Metrics {
  const registers = [new Registry()];
  const [registry] = registers;
  const counter = <Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> =>
    new Counter({ name: `bindeled_${name}`, help, labelNames: [...labelNames], registers });
  const rounds = counter('rounds_total', 'Readings of shops, by how they ended.', ['shop', 'kind', 'outcome']);
  const deliveries = counter('webhooks_total', 'Deliveries of webhooks, by what became of them.', ['shop', 'result']);
  const fetches = counter('webhook_products_total', 'Products asked for because a shop told of them.', [
    'shop',
    'outcome',
  ]);
  const pushes = counter('pushed_total', 'Figures sent unattended, by result.', ['shop', 'result']);
  const alarms = counter('alarms_total', 'Alarms told.', ['kind', 'event']);
  const seconds = new Histogram({
    name: 'bindeled_round_seconds',
    help: 'How long a reading took.',
    labelNames: ['kind'],
    buckets: [0.1, 0.5, 1, 5, 15, 60, 300, 1800],
    registers,
  });
  const gauge = (name: string, help: string): Gauge<'shop'> =>
    new Gauge({ name: `bindeled_${name}`, help, labelNames: ['shop'], registers });
  const links = gauge('integrations', 'Product integrations.');
  const listings = gauge('listings', 'What the shop has.');
  const conflicts = gauge('conflicts', 'Conflicts that wait for a person.');
  const answered = gauge('last_answer_age_seconds', 'Since the shop last answered.');
  const healthy = gauge('shop_healthy', '1 where nothing is wrong with the reading of the shop.');
  const queue = new Gauge({
    name: 'bindeled_webhook_products_waiting',
    help: 'Products still to be asked for.',
    registers,
  });

  const store = new Gauge({
    name: 'bindeled_store_up',
    help: '1 where the store answers and nothing is wrong with it.',
    registers,
  });

  /** What is only known from the store is left out while it is away: old figures would look like new ones. */
  const look = async (): Promise<void> => {
    const now = millisecondsOf(services.now());
    for (const one of [links, listings, conflicts, answered, healthy]) one.reset();
    queue.set(waiting());
    const list = storeTrouble() === undefined ? services.shops.list() : Promise.resolve(undefined);
    const shops = await list.catch((error: unknown) => {
      if (!(error instanceof StoreError)) throw error;
    });
    store.set(shops === undefined ? 0 : 1);
    for (const { shop, counts, state, health } of shops ?? []) {
      const label = { shop: shop.id };
      links.set(label, counts.integrations);
      listings.set(label, counts.listings);
      conflicts.set(label, counts.conflicts);
      healthy.set(label, health === 'good' ? 1 : 0);
      if (state?.lastAnswerAt !== undefined) answered.set(label, (now - millisecondsOf(state.lastAnswerAt)) / 1000);
    }
  };

  return {
    round: (report) => {
      const { shopId: shop, kind, tookMs, result } = report;
      rounds.inc({ shop, kind, outcome: outcomeOf(result) });
      seconds.observe({ kind }, tookMs / 1000);
    },
    delivery: (shop, result) => deliveries.inc({ shop, result }),
    fetched: (shop, outcome) => fetches.inc({ shop, outcome }),
    pushed: (shop, result, count) => {
      if (count > 0) pushes.inc({ shop, result }, count);
    },
    alarm: (kind, event) => alarms.inc({ kind, event }),
    text: async () => {
      await look();
      return registry === undefined
        ? { type: 'text/plain', body: '' }
        : { type: registry.contentType, body: await registry.metrics() };
    },
  };
}
