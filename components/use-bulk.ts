import type { ShopId } from '../src/domain/ids.ts';
import type { Product } from '../src/domain/product.ts';
import type { FetchResult } from '../src/services/services.ts';
import { fetchLine } from '../src/views/fetch-lines.ts';
import { number } from '../src/views/numbers.ts';
import { useDesk } from './use-desk.ts';

/** From so many on, the person types the number before anything happens. */
const many = 50;
const failed = new Set<FetchResult['outcome']>(['refused', 'unreachable', 'cancelled']);

/** What can be done with many products at once: each gets a result of its own, and those that failed can be tried again. */
export function useBulk(shopId?: ShopId): (products: readonly Product[]) => void {
  const { services, words, ask, act, wait, say, telling, go, messages } = useDesk();
  const shopIds = shopId === undefined ? undefined : [shopId];

  const fetchAll = (ids: readonly Product['id'][]): void =>
    wait(words.screen.fetching(String(ids.length)), async (signal) => {
      const onResult = (_: FetchResult, done: number, total: number): void =>
        messages.doing(words.screen.fetchingAt(String(done), String(total)));
      const results = await services.fetch({ asked: ids, shopIds, onResult }, signal);
      const bad = results.filter((result) => failed.has(result.outcome));
      const good = number(results.length - bad.length, words);
      say(words.screen.bulkDone(good, number(bad.length, words)), bad.length === 0 ? 'good' : 'waiting');
      ask({
        kind: 'menu',
        title: words.screen.bulkDone(good, number(bad.length, words)),
        choices: [
          ...(bad.length === 0
            ? []
            : [
                {
                  label: words.screen.retryFailed(String(bad.length)),
                  run: () => fetchAll(bad.flatMap((result) => result.productId ?? [])),
                },
              ]),
          { label: words.screen.close, run: () => undefined },
          ...results.map((result) => ({
            label: `${result.asked}  ${fetchLine(result, telling()).text}`,
            run: () => undefined,
          })),
        ],
      });
    });
  const mean = (count: number, run: () => void): void => {
    if (count < many) {
      run();
      return;
    }
    ask({
      kind: 'confirm',
      title: words.screen.bulkTitle(String(count)),
      lines: [{ text: words.screen.bulkMany(String(count)), tone: 'waiting' }],
      yes: words.screen.go,
      questions: [{ label: words.screen.typeToConfirm(String(count)), answer: String(count) }],
      onYes: run,
    });
  };
  return (products) => {
    const ids = products.map((product) => product.id);
    const count = String(ids.length);
    if (ids.length === 0) return;
    ask({
      kind: 'menu',
      title: words.screen.bulkTitle(count),
      choices: [
        { label: words.screen.bulkFetch, run: () => mean(ids.length, () => fetchAll(ids)) },
        { label: words.screen.bulkPush, run: () => go({ screen: 'push', productIds: ids, shopIds }) },
        ...(shopId === undefined
          ? []
          : [
              {
                label: words.screen.bulkNotHere,
                run: () =>
                  mean(ids.length, () =>
                    act(async () => {
                      for (const productId of ids)
                        await services.mark({ productId, shopId, kind: 'not-for-this-shop' });
                      say(words.screen.bulkMarked(count));
                    }),
                  ),
              },
            ]),
      ],
    });
  };
}
