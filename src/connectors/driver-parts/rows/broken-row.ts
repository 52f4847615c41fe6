import type { BrokenRow } from '../../../ports/shop-connector.ts';
import { cleanLine } from '../../clean.ts';
import type { Http } from '../../http.ts';

/** A broken row in words, for those who cannot go on without it. */
const brokenRowText = ({ shopProductId, where, said }: BrokenRow): string =>
  cleanLine(`product ${shopProductId ?? '?'}: ${where} ${said}`);

/** The error of a question that cannot be answered without a row that nobody can read. */
export const unreadableRow = (api: Pick<Http, 'trouble'>, doing: string, row: BrokenRow) =>
  api.trouble('unintelligible', { doing, found: brokenRowText(row), reason: 'unreadable-row' });

/** Left out, a row would look as if it were gone. */
export function refuseBroken(api: Pick<Http, 'trouble'>, [first]: readonly BrokenRow[], doing: string): void {
  if (first !== undefined) throw unreadableRow(api, doing, first);
}

/** The same of variants, which are told by their own id. */
export const refuseBrokenVariant = (api: Pick<Http, 'trouble'>, broken: readonly BrokenRow[], doing: string): void =>
  refuseBroken(
    api,
    broken.map((row) => ({ ...row, shopProductId: row.shopVariantId ?? row.shopProductId ?? 'a row' })),
    doing,
  );
