import type { ShopId } from '../../src/domain/ids.ts';
import type { FetchResult } from '../../src/services/services.ts';
import { fetchLine, tellingResults } from '../../src/views/triage/fetch-lines.ts';
import { useDesk } from '../desk/use-desk.ts';

/** Fetches products anew and says what that found, before and after, one sentence a product and shop. */
export function useFetch(): (
  asked: readonly string[],
  shopIds?: readonly ShopId[],
  onEnd?: (results: readonly FetchResult[]) => void,
) => void {
  const { services, wait, say, words, telling, messages } = useDesk();
  return (asked, shopIds, onEnd) =>
    wait(words.screen.fetching(String(asked.length)), async (signal) => {
      const onResult = (_: FetchResult, done: number, total: number): void =>
        messages.doing(words.screen.fetchingAt(String(done), String(total)));
      const results = await services.fetch({ asked, shopIds, onResult }, signal);
      for (const result of tellingResults(results)) {
        const line = fetchLine(result, telling());
        say(line.text, line.tone);
      }
      if (results.length === 0) say(words.screen.fetchedNothing, 'waiting');
      onEnd?.(results);
    });
}
