import type { ShopId } from '../../src/domain/ids.ts';
import type { SyncProgress, SyncRequest } from '../../src/services/sync/sync-service.ts';
import { shopErrorLines } from '../../src/views/errors/error-lines.ts';
import { testLines } from '../../src/views/shops/connection-test-lines.ts';
import { shopLine } from '../../src/views/shops/shop-lines.ts';
import { passedOverLines, pausedLine } from '../../src/views/sync/passed-over.ts';
import { progressLine, runSummary } from '../../src/views/sync/run-lines.ts';
import { choose, confirmTyped, joinParts, type PlainContext } from './plain-context.ts';

/** Reads shops; each new phase is a line, so that a long reading is not silence. */
export async function sync(context: PlainContext, request: Pick<SyncRequest, 'shopIds' | 'full'>): Promise<void> {
  const { services, words, print, signal } = context;
  const phases = new Map<ShopId, SyncProgress['phase']>();
  const onProgress = (step: SyncProgress): void => {
    if (phases.get(step.shopId) === step.phase) return;
    phases.set(step.shopId, step.phase);
    print(`${step.shopId}: ${progressLine(step, context.formatFor())}`);
  };
  const results = await services.sync.run({ ...request, onProgress }, signal);
  if (results.length === 0) passedOverLines(await services.shops.list(), words).forEach(print);
  for (const result of results) {
    const { shopId, run, trouble, busy, wouldRemove } = result;
    if (trouble !== undefined) {
      const lines = shopErrorLines(trouble, shopId, words);
      print(`${shopId}: ${lines.said} ${lines.advice}`);
    } else if (busy !== undefined) print(words.screen.syncBusy(shopId, busy.user));
    else if (wouldRemove !== undefined) await confirmRemovals(context, shopId, wouldRemove);
    else if (result.paused === true) print(pausedLine(shopId, words));
    else if (run !== undefined) print(words.screen.syncDone(shopId.toUpperCase(), runSummary(run, words)));
  }
}

async function confirmRemovals(context: PlainContext, shopId: ShopId, count: number): Promise<void> {
  const { services, words, print, signal } = context;
  print(words.screen.syncAsks(shopId, String(count)));
  print(words.screen.syncAsksWhy);
  if (!(await confirmTyped(context, String(count)))) return;
  await services.sync.run({ shopIds: [shopId], full: true, acceptRemovals: count }, signal);
  print(words.screen.syncDone(shopId, words.screen.syncAccept));
}

async function test({ services, words, print, signal }: PlainContext, shopId: ShopId): Promise<void> {
  print(words.screen.testing(shopId));
  const result = await services.shops.test(shopId, undefined, signal);
  for (const line of testLines(result, shopId, words, shopErrorLines)) print(line.text);
}

/** Says how the shops are; a chosen one can be read, tested, paused or resumed. */
export async function shops(context: PlainContext): Promise<void> {
  const { services, words, print } = context;
  const all = await services.shops.list();
  const chosen = await choose(
    context,
    all.map((one) => {
      const line = shopLine(one, context.formatFor());
      return joinParts(one.shop.id, one.shop.name, line.health, line.lastComplete, line.trouble);
    }),
  );
  const shop = chosen === undefined ? undefined : all[chosen]?.shop;
  if (shop === undefined) return;
  const { act } = words.screen.plain;
  const doing = await choose(context, [act.sync, act.syncFull, act.test, shop.paused ? act.resume : act.pause]);
  if (doing === 0 || doing === 1) await sync(context, { shopIds: [shop.id], full: doing === 1 });
  if (doing === 2) await test(context, shop.id);
  if (doing !== 3) return;
  await services.shops.change(shop.id, { paused: !shop.paused });
  print(shop.paused ? words.screen.resumed(shop.name) : words.screen.paused(shop.name));
}
