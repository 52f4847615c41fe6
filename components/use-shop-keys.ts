import type { Shop } from '../src/domain/shop.ts';
import type { ShopOverview, TestResult } from '../src/services/services.ts';
import { permissionLine, warningSentence } from '../src/views/shop-lines.ts';
import { shopTroubleLines } from '../src/views/trouble-lines.ts';
import type { Words } from '../src/views/words.ts';
import type { Actions } from './key-desk.ts';
import { useDesk } from './use-desk.ts';
import { useSync } from './use-sync.ts';

/** What a test of the connection found, one line each. */
export function testLines(result: TestResult, shop: string, words: Words): readonly string[] {
  if (!result.ok) {
    const lines = shopTroubleLines(result.trouble, shop, words);
    return [`✗ ${lines.said}`, ...lines.details, lines.advice];
  }
  const { report } = result;
  return [
    `● ${words.screen.testGood(report.shopName ?? report.identity, String(result.tookMs))}`,
    ...report.permissions.map(
      (one) => `${one.granted === false ? '✗' : one.granted === undefined ? '○' : '●'} ${permissionLine(one, words)}`,
    ),
    ...report.warnings.map((one) => `◐ ${warningSentence(one, words)}`),
  ];
}

/** What the keys do with a shop. */
export function useShopKeys(): (overview: ShopOverview | undefined, chosen: readonly Shop[]) => Actions {
  const { services, words, go, ask, act, wait, say, jobs, back, entry } = useDesk();
  const sync = useSync();

  const test = (shop: Shop): void =>
    wait(words.screen.testing(shop.name), async (signal) => {
      const result = await services.testShop(shop.id, undefined, signal);
      say(
        result.ok ? words.screen.testGood(shop.name, String(result.tookMs)) : words.screen.testBad(shop.name),
        result.ok ? 'good' : 'wrong',
      );
      ask({
        kind: 'note',
        title: words.screen.testTitle(shop.name),
        lines: testLines(result, shop.name, words).map((text) => ({ text })),
      });
    });
  const remove = ({ shop, counts }: ShopOverview): void =>
    ask({
      kind: 'confirm',
      title: words.screen.shopRemoveTitle(shop.name),
      lines: [
        { text: words.screen.shopRemoveEffect(String(counts.integrations)), tone: 'waiting' },
        { text: words.screen.shopRemoveKeeps, tone: 'quiet' },
      ],
      yes: words.screen.shopRemoveYes,
      questions: [{ label: words.screen.typeToConfirm(shop.id), answer: shop.id }],
      onYes: () =>
        act(async () => {
          const { linksRemoved } = await services.removeShop(shop.id);
          say(words.screen.shopRemoved(shop.name, String(linksRemoved)));
          if (entry.spot.screen === 'shop') back();
        }),
    });
  const pause = ({ shop }: ShopOverview): void =>
    act(async () => {
      await services.changeShop(shop.id, { paused: !shop.paused });
      say(shop.paused ? words.screen.resumed(shop.name) : words.screen.paused(shop.name));
    });
  return (overview, chosen) => ({
    'new-shop': () => go({ screen: 'shop-form' }),
    sync: () => sync(chosen),
    ...(jobs.running() ? { back: () => sync(chosen) } : {}),
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
