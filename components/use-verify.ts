import type { InactiveRow } from '../src/domain/inactive.ts';
import { fetchLine } from '../src/views/fetch-lines.ts';
import { useDesk } from './use-desk.ts';

/** Asks the shops live about rows of the report; each row turns on the spot, and leaves when the shop sells it. */
export function useVerify(): (rows: readonly InactiveRow[]) => void {
  const { services, words, act, say, telling } = useDesk();
  return (rows) =>
    act(async () => {
      say(words.screen.verifying(String(rows.length)), 'quiet');
      const asked = rows.map(({ productId, shopId }) => ({ productId, shopId }));
      const results = await services.verify(asked, new AbortController().signal, (_, done, total) => {
        if (total > 5 && done % 5 === 0) say(words.screen.verifyingAt(String(done), String(total)), 'quiet');
      });
      if (results.length === 1 && results[0] !== undefined) {
        const line = fetchLine(results[0], telling());
        return say(line.text, line.tone);
      }
      const failed = results.filter((result) => result.trouble !== undefined).length;
      say(words.screen.verified(String(results.length - failed), String(failed)), failed === 0 ? 'good' : 'waiting');
    });
}
