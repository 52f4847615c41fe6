import { later } from '../../domain/ids.ts';
import { serverGoneMs } from '../../domain/servers/server-report.ts';
import type { ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { ServerOverview } from './server-service.ts';

/** The servers on this store, those that run first. */
export async function listServers({ servers, clock }: ServiceDependencies): Promise<readonly ServerOverview[]> {
  const now = clock.now();
  const found = await (servers?.list() ?? []);
  const overviews = found.map(({ report, ageMs }) => ({
    ...report,
    seenAt: later(now, -ageMs),
    running: ageMs < serverGoneMs,
  }));
  const [running, gone] = [overviews.filter((one) => one.running), overviews.filter((one) => !one.running)];
  return [
    ...running.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
    ...gone.toSorted((a, b) => (a.seenAt > b.seenAt ? -1 : 1)),
  ];
}
