import type { ProductId } from '../../src/domain/ids.ts';
import type { FetchResult } from '../../src/services/fetch/fetch-service.ts';
import { failedOf, fetchLine, resultsSentence, resultsTone } from '../../src/views/fetch/fetch-lines.ts';
import { number } from '../../src/views/format/numbers.ts';
import { shopCode } from '../../src/views/format/refs.ts';
import { useApp } from '../context/app-context.ts';
import { useWhenIdle } from '../context/use-when-idle.ts';

type ResultsToShow = {
  readonly results: readonly FetchResult[];
  readonly nameOf: (productId: ProductId) => string;
  /** What else the act changed, by name; empty: nothing. */
  readonly changed?: string;
  /** Tries those again that failed. */
  readonly retry: (failed: readonly FetchResult[]) => void;
};

/** Shows what an act over many rows did, a result a row; Enter opens one, and those that failed can be tried again. Called as the act begins; what it answers, at its end. */
export function useShowResults(): () => (shown: ResultsToShow) => void {
  const { words, openDialog, notify, go, formatFor } = useApp();
  const whenIdle = useWhenIdle();
  const show = ({ results, nameOf, changed = '', retry }: ResultsToShow, once: (open: () => void) => boolean): void => {
    const bad = failedOf(results);
    const title = [resultsSentence(results, words), ...(changed === '' ? [] : [changed])].join(' · ');
    const open = (): void =>
      openDialog({
        kind: 'menu',
        title,
        choices: [
          ...(bad.length === 0
            ? []
            : [{ label: words.screen.retryFailed(number(bad.length, words)), run: () => retry(bad) }]),
          { label: words.screen.close, run: () => undefined },
          ...[...bad, ...results.filter((result) => !bad.includes(result))].map((result) => {
            const { productId, shopId } = result;
            const line = fetchLine(result, { ...formatFor(), shopName: shopCode });
            return {
              label: productId === undefined ? result.asked : nameOf(productId),
              note: line.text,
              run: () => (productId === undefined ? undefined : go({ screen: 'product', productId, shopId })),
            };
          }),
        ],
      });
    // A person who went on meanwhile is told, and opens the rows from the messages.
    const isShown = once(open);
    notify(title, bad.length === 0 ? resultsTone(results) : 'waiting', isShown ? undefined : open);
  };
  return () => {
    const once = whenIdle();
    return (shown) => show(shown, once);
  };
}
