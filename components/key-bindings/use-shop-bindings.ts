import type { Shop } from '../../src/domain/shop.ts';
import type { ShopOverview } from '../../src/services/shops/shop-service.ts';
import { testLines, testOutcome } from '../../src/views/shops/connection-test-lines.ts';
import { useSync } from '../actions/use-sync.ts';
import { useApp } from '../context/app-context.ts';
import { useWhenIdle } from '../context/use-when-idle.ts';
import type { Actions } from '../terminal/key-dispatcher.ts';

/** What the keys do with a shop. */
export function useShopBindings(): (overview: ShopOverview | undefined, chosen: readonly Shop[]) => Actions {
  const { services, words, go, openDialog, perform, runTask, notify, back, entry } = useApp();
  const sync = useSync();
  const whenIdle = useWhenIdle();

  const test = (shop: Shop): void =>
    runTask(words.screen.testing(shop.name), async (signal) => {
      const once = whenIdle();
      const result = await services.shops.test(shop.id, undefined, signal);
      const { text, tone } = testOutcome(result, shop.name, words);
      const open = (): void =>
        openDialog({
          kind: 'note',
          title: words.screen.testTitle(shop.name),
          lines: testLines(result, shop.name, words),
        });
      notify(text, tone, once(open) ? undefined : open);
    });
  const remove = ({ shop, counts }: ShopOverview): void =>
    openDialog({
      kind: 'confirm',
      title: words.screen.shopRemoveTitle(shop.name),
      lines: [
        { text: words.screen.shopRemoveEffect(String(counts.integrations)), tone: 'waiting' },
        { text: words.screen.shopRemoveKeeps, tone: 'quiet' },
      ],
      yes: words.screen.shopRemoveYes,
      questions: [{ label: words.screen.typeToConfirm(shop.id), answer: shop.id }],
      onYes: () =>
        perform(async () => {
          const { linksRemoved } = await services.shops.remove(shop.id);
          notify(words.screen.shopRemoved(shop.name, String(linksRemoved)));
          if (entry.route.screen === 'shop') back();
        }),
    });
  const pause = ({ shop }: ShopOverview): void =>
    openDialog({
      kind: 'confirm',
      title: shop.paused ? words.screen.resumeTitle(shop.name) : words.screen.pauseTitle(shop.name),
      lines: [{ text: shop.paused ? words.screen.resumeEffect : words.screen.pauseEffect, tone: 'waiting' }],
      yes: shop.paused ? words.screen.plain.act.resume : words.screen.plain.act.pause,
      onYes: () =>
        perform(async () => {
          await services.shops.change(shop.id, { paused: !shop.paused });
          notify(shop.paused ? words.screen.resumed(shop.name) : words.screen.paused(shop.name));
        }),
    });
  return (overview, chosen) => ({
    'new-shop': () => go({ screen: 'shop-form' }),
    sync: () => sync(chosen),
    ...(overview === undefined
      ? {}
      : {
          test: () => test(overview.shop),
          edit: () => go({ screen: 'shop-form', shopId: overview.shop.id }),
          pause: () => pause(overview),
          remove: () => remove(overview),
        }),
  });
}
