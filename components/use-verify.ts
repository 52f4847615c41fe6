import type { InactiveRow } from '../src/domain/inactive.ts';
import { fetchLine } from '../src/views/fetch-lines.ts';
import { useDesk } from './use-desk.ts';

/** Asks the shops live about rows of the report; each row turns on the spot, and leaves when the shop sells it. */
export function useVerify(): (rows: readonly InactiveRow[]) => void {
  const { services, words, wait, say, telling, messages } = useDesk();
  return (rows) =>
    wait(words.screen.verifying(String(rows.length)), async (signal) => {
      const asked = rows.map(({ productId, shopId }) => ({ productId, shopId }));
      const results = await services.verify(asked, signal, (_, done, total) =>
        messages.doing(words.screen.verifyingAt(String(done), String(total))),
      );
      if (results.length === 1 && results[0] !== undefined) {
        const line = fetchLine(results[0], telling());
        return say(line.text, line.tone);
      }
      const failed = results.filter((result) => result.trouble !== undefined).length;
      say(words.screen.verified(String(results.length - failed), String(failed)), failed === 0 ? 'good' : 'waiting');
    });
}
