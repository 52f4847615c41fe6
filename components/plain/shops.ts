import type { ShopId } from '../../src/domain/ids.ts';
import type { SyncProgress, SyncRequest } from '../../src/services/services.ts';
import { shopTroubleLines } from '../../src/views/happenings/trouble-lines.ts';
import { progressLine, runCountsLine, runOutcomeWord } from '../../src/views/shops/run-lines.ts';
import { shopLine } from '../../src/views/shops/shop-lines.ts';
import { testLines } from '../../src/views/shops/test-lines.ts';
import { choose, joined, meant, type PlainRoom } from './room.ts';

/** Reads shops; each new phase is a line, so that a long reading is not silence. */
export async function sync(room: PlainRoom, request: Pick<SyncRequest, 'shopIds' | 'full'>): Promise<void> {
  const { services, words, say, signal } = room;
  const phases = new Map<ShopId, SyncProgress['phase']>();
  const onProgress = (step: SyncProgress): void => {
    if (phases.get(step.shopId) === step.phase) return;
    phases.set(step.shopId, step.phase);
    say(`${step.shopId}: ${progressLine(step, room.telling())}`);
  };
  for (const result of await services.sync({ ...request, onProgress }, signal)) {
    const { shopId, run, trouble, busy, wouldRemove } = result;
    if (trouble !== undefined) {
      const lines = shopTroubleLines(trouble, shopId, words);
      say(`${shopId}: ${lines.said} ${lines.advice}`);
    } else if (busy !== undefined) say(words.screen.syncBusy(shopId, busy.user));
    else if (wouldRemove !== undefined) await askRemovals(room, shopId, wouldRemove);
    else if (run !== undefined)
      say(`${words.screen.syncDone(shopId, runOutcomeWord(run, words))}: ${runCountsLine(run.counts, words)}`);
  }
}

async function askRemovals(room: PlainRoom, shopId: ShopId, count: number): Promise<void> {
  const { services, words, say, signal } = room;
  say(words.screen.syncAsks(shopId, String(count)));
  say(words.screen.syncAsksWhy);
  if (!(await meant(room, String(count)))) return;
  await services.sync({ shopIds: [shopId], full: true, acceptRemovals: count }, signal);
  say(words.screen.syncDone(shopId, words.screen.syncAccept));
}

async function test({ services, words, say, signal }: PlainRoom, shopId: ShopId): Promise<void> {
  say(words.screen.testing(shopId));
  for (const line of testLines(await services.testShop(shopId, undefined, signal), shopId, words)) say(line);
}

/** Says how the shops are; a chosen one can be read, tested, paused or resumed. */
export async function shops(room: PlainRoom): Promise<void> {
  const { services, words, say } = room;
  const all = await services.shops();
  const chosen = await choose(
    room,
    all.map((one) => {
      const line = shopLine(one, room.telling());
      return joined(one.shop.id, one.shop.name, line.health, line.lastComplete, line.trouble);
    }),
  );
  const shop = chosen === undefined ? undefined : all[chosen]?.shop;
  if (shop === undefined) return;
  const { act } = words.screen.plain;
  const doing = await choose(room, [act.sync, act.syncFull, act.test, shop.paused ? act.resume : act.pause]);
  if (doing === 0 || doing === 1) await sync(room, { shopIds: [shop.id], full: doing === 1 });
  if (doing === 2) await test(room, shop.id);
  if (doing !== 3) return;
  await services.changeShop(shop.id, { paused: !shop.paused });
  say(shop.paused ? words.screen.resumed(shop.name) : words.screen.paused(shop.name));
}
