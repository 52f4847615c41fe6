import type { ProductId } from '../../src/domain/ids.ts';
import type { InactiveRow } from '../../src/domain/inactive/inactive-row.ts';
import type { FetchResult } from '../../src/services/fetch/fetch-service.ts';
import { failedOf, fetchLine, verifiedChanges } from '../../src/views/fetch/fetch-lines.ts';
import { number } from '../../src/views/format/numbers.ts';
import { shopCode } from '../../src/views/format/refs.ts';
import { useApp } from '../context/app-context.ts';
import { useConfirmMany } from './use-confirm-many.ts';
import { useShowResults } from './use-show-results.ts';

type VerifyRow = Pick<InactiveRow, 'productId' | 'shopId' | 'sku' | 'name'>;

/** Asks the shops live about rows of the report; each row turns on the spot, and leaves when the shop sells it. */
export function useVerify(): (rows: readonly VerifyRow[], onDone: () => void) => void {
  const { services, words, runTask, notify, formatFor, messages } = useApp();
  const confirmMany = useConfirmMany();
  const beginResults = useShowResults();
  const undoHint = ({ changes }: FetchResult): string => (changes === undefined ? '' : words.screen.undoesThat);
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
        const { text, tone } = fetchLine(only, { ...formatFor(), shopName: shopCode });
        const next = only.outcome === 'left-unlinked' ? words.screen.linkAgain(1) : undoHint(only);
        return notify(next === '' ? text : `${text} · ${next}`, tone);
      }
      const names = new Map(rows.map((row) => [row.productId, row.sku ?? row.name]));
      const known = formatFor();
      const named = {
        ...known,
        shopName: shopCode,
        productName: (id: ProductId) => names.get(id) ?? known.productName(id),
      };
      show({
        results,
        changed: verifiedChanges(results, named, words.screen.undoesThat),
        nameOf: (id) => names.get(id) ?? id,
        retry: (failed) =>
          verify(
            rows.filter((row) => failed.some((one) => one.productId === row.productId && one.shopId === row.shopId)),
            onDone,
          ),
      });
    });
  // A line of the report is a product in one shop: the same product may be several of them.
  return (rows, onDone) =>
    confirmMany(rows.length, () => verify(rows, onDone), words.domain.rows(number(rows.length, words)));
}
