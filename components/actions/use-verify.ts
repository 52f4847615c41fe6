import type { InactiveRow } from '../../src/domain/inactive/inactive-row.ts';
import { fetchLine } from '../../src/views/fetch/fetch-lines.ts';
import { useApp } from '../context/app-context.ts';
import { useConfirmMany } from './use-confirm-many.ts';
import { failedOf, useShowResults } from './use-show-results.ts';

type VerifyRow = Pick<InactiveRow, 'productId' | 'shopId' | 'sku' | 'name'>;

/** Asks the shops live about rows of the report; each row turns on the spot, and leaves when the shop sells it. */
export function useVerify(): (rows: readonly VerifyRow[], onDone: () => void) => void {
  const { services, words, runTask, notify, formatFor, messages } = useApp();
  const confirmMany = useConfirmMany();
  const beginResults = useShowResults();
  const verify = (rows: readonly VerifyRow[], onDone: () => void): void =>
    runTask(words.screen.verifying(String(rows.length)), async (signal) => {
      const show = beginResults();
      const asked = rows.map(({ productId, shopId }) => ({ productId, shopId }));
      const results = await services.inactive.verify(asked, signal, (_, done, total) =>
        messages.showProgress(words.screen.verifyingAt(String(done), String(total))),
      );
      if (failedOf(results).length === 0) onDone();
      const [only, another] = results;
      if (only !== undefined && another === undefined) {
        const line = fetchLine(only, formatFor());
        return notify(line.text, line.tone);
      }
      const names = new Map(rows.map((row) => [row.productId, row.sku ?? row.name]));
      show({
        results,
        nameOf: (id) => names.get(id) ?? id,
        retry: (failed) =>
          verify(
            rows.filter((row) => failed.some((one) => one.productId === row.productId && one.shopId === row.shopId)),
            onDone,
          ),
      });
    });
  return (rows, onDone) => confirmMany(rows.length, () => verify(rows, onDone));
}
