import { isAlreadyThere } from '../../domain/event.ts';
import { later } from '../../domain/ids.ts';
import type { Services } from '../../services/services.ts';
import type { AlarmLine, DigestFacts } from '../../views/alarms/alarm-lines.ts';

const dayMs = 86_400_000;
const pageSize = 1000;

/** Counts the last 24 hours out of what was written down, newest first, until they are over. */
export async function digestFacts(services: Services, open: readonly AlarmLine[]): Promise<DigestFacts> {
  const from = later(services.now(), -dayMs);
  const counts = { created: 0, removed: 0, sent: 0, refused: 0 };
  let before: number | undefined;
  for (;;) {
    const page = await services.history.list({ before, limit: pageSize });
    for (const event of page) {
      const { type, at } = event;
      if (at < from) continue;
      if (type === 'integration-created') counts.created += 1;
      if (type === 'integration-removed') counts.removed += 1;
      if (type === 'stock-pushed' && !isAlreadyThere(event)) counts.sent += 1;
      if (type === 'push-refused') counts.refused += 1;
    }
    const last = page.at(-1);
    if (last === undefined || last.at < from || page.length < pageSize) break;
    before = last.seq;
  }
  const shops = await services.shops.list();
  const bad = shops.filter(({ health }) => health === 'trouble' || health === 'no-credentials' || health === 'stale');
  return {
    ...counts,
    conflicts: (await services.counts()).conflicts,
    troubled: bad.map(({ shop }) => shop.name),
    open,
  };
}
