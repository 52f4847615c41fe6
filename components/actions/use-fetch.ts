import type { ShopId } from '../../src/domain/ids.ts';
import type { FetchResult } from '../../src/services/fetch/fetch-service.ts';
import { fetchLine, notableResults, resultsSentence, resultsTone } from '../../src/views/fetch/fetch-lines.ts';
import { useApp } from '../context/app-context.ts';

/** Fetches products anew and says what that found, before and after, one sentence a product and shop. */
export function useFetch(): (
  asked: readonly string[],
  shopIds?: readonly ShopId[],
  onEnd?: (results: readonly FetchResult[]) => void,
) => void {
  const { services, runTask, notify, words, formatFor, messages } = useApp();
  return (asked, shopIds, onEnd) =>
    runTask(words.screen.fetching(String(asked.length)), async (signal) => {
      const onResult = (_: FetchResult, done: number, total: number): void =>
        messages.showProgress(words.screen.fetchingAt(String(done), String(total)));
      const results = await services.fetch.run({ asked, shopIds, onResult }, signal);
      const notable = notableResults(results);
      for (const result of notable) {
        const line = fetchLine(result, formatFor());
        notify(line.text, line.tone);
      }
      // Said last: how the last of the shops answered tells nothing of the others.
      if (notable.length > 1) notify(resultsSentence(results, words), resultsTone(results));
      if (results.length === 0) notify(words.screen.fetchedNothing, 'waiting');
      onEnd?.(results);
    });
}
