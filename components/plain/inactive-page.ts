import { inactiveLine } from '../../src/views/inactive/inactive-lines.ts';
import { cleanName } from '../../src/views/text/cell-text.ts';
import { choose, joinParts, maxLines, type PlainContext } from './plain-context.ts';
import { product } from './product-page.ts';

/** Says the goods on the shelf that perhaps nobody can buy; a chosen one's card. */
export async function inactive(context: PlainContext): Promise<void> {
  const report = await context.services.inactive.list({ limit: maxLines });
  if (report.rows.length === 0) return context.print(context.words.screen.nothingInactive);
  if (report.total > maxLines) context.print(context.words.screen.countOf(String(maxLines), String(report.total)));
  const chosen = await choose(
    context,
    report.rows.map((row) => {
      const line = inactiveLine(row, context.formatFor());
      return joinParts(
        line.item,
        cleanName(line.name),
        line.shop,
        line.rung,
        line.onHand,
        line.exactValue,
        ...line.signals,
      );
    }),
  );
  const row = chosen === undefined ? undefined : report.rows[chosen];
  if (row !== undefined) await product(context, row.productId);
}
