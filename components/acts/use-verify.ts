import type { InactiveRow } from '../../src/domain/inactive/inactive.ts';
import { fetchLine } from '../../src/views/triage/fetch-lines.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useMean } from '../keys/use-mean.ts';
import { useResults } from '../lists/use-results.ts';

type Asked = Pick<InactiveRow, 'productId' | 'shopId' | 'sku' | 'name'>;

/** Asks the shops live about rows of the report; each row turns on the spot, and leaves when the shop sells it. */
export function useVerify(): (rows: readonly Asked[]) => void {
  const { services, words, wait, say, telling, messages } = useDesk();
  const mean = useMean();
  const show = useResults();
  const verify = (rows: readonly Asked[]): void =>
    wait(words.screen.verifying(String(rows.length)), async (signal) => {
      const asked = rows.map(({ productId, shopId }) => ({ productId, shopId }));
      const results = await services.verify(asked, signal, (_, done, total) =>
        messages.doing(words.screen.verifyingAt(String(done), String(total))),
      );
      const [only, another] = results;
      if (only !== undefined && another === undefined) {
        const line = fetchLine(only, telling());
        return say(line.text, line.tone);
      }
      const names = new Map(rows.map((row) => [row.productId, row.sku ?? row.name]));
      show({
        results,
        nameOf: (id) => names.get(id) ?? id,
        retry: (failed) =>
          verify(
            rows.filter((row) => failed.some((one) => one.productId === row.productId && one.shopId === row.shopId)),
          ),
      });
    });
  return (rows) => mean(rows.length, () => verify(rows));
}
