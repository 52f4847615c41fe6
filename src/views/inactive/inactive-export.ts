import type { InactiveRow } from '../../domain/inactive/inactive-row.ts';
import type { FormatContext } from '../format/format-context.ts';
import { type Exported, exportedOf } from '../list/export-rows.ts';
import type { Column } from '../list/table.ts';
import { cleanName } from '../text/cell-text.ts';
import { type InactiveLine, inactiveLine } from './inactive-lines.ts';
import type { InactiveProduct } from './inactive-products.ts';

/** The report as it is handed on: a product and shop a line, as the shops' own people work it off. */
export function inactiveExport(products: readonly InactiveProduct[], format: FormatContext): Exported {
  const { column } = format.words.screen;
  const cell = (
    id: string,
    title: string,
    text: (line: InactiveLine) => string,
    align?: 'right',
  ): Column<InactiveRow> => ({
    id,
    title,
    rank: 1,
    min: 1,
    align,
    text: (row) => text(inactiveLine(row, format)),
  });
  const columns = [
    cell('rung', column.sure, ({ sign, rung }) => `${sign} ${rung}`),
    cell('sku', column.itemNumber, ({ item }) => item),
    cell('name', column.name, ({ name }) => cleanName(name)),
    cell('shop', column.shop, ({ shop }) => shop),
    cell('onHand', column.onHand, ({ onHand }) => onHand, 'right'),
    cell('value', column.value, ({ value }) => value),
    cell('days', column.days, ({ days }) => days),
    cell('age', column.age, ({ age }) => age),
    cell('tick', column.checked, ({ tick }) => tick),
  ];
  return exportedOf(
    columns,
    products.flatMap(({ rows }) => rows),
  );
}
