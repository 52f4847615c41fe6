import type { z } from 'zod';
import type { BrokenRow } from '../../../ports/shop-connector.ts';
import { readRow } from '../../decode.ts';
import { parseShopifyId } from '../ids.ts';

type Nodes<Value> = { readonly rows: readonly Value[]; readonly broken: readonly BrokenRow[] };

/** Reads the rows of a page one by one; those that nobody can read are named by their product's number. */
export function readNodes<Value>(schema: z.ZodType<Value>, nodes: readonly unknown[], product?: string): Nodes<Value> {
  const rows: Value[] = [];
  const broken: BrokenRow[] = [];
  for (const node of nodes) {
    const read = readRow(schema, node);
    if (read.ok) rows.push(read.value);
    else broken.push({ where: read.broken.where, said: read.broken.said, ...nameOf(product ?? productIn(node)) });
  }
  return { rows, broken };
}

const nameOf = (id: string | undefined): Pick<BrokenRow, 'shopProductId'> =>
  id === undefined ? {} : { shopProductId: id };

/** The number of the product that a row is, or is of. */
function productIn(node: unknown): string | undefined {
  if (typeof node !== 'object' || node === null) return undefined;
  const own = 'id' in node ? parseShopifyId('Product', String(node.id)) : undefined;
  return own ?? ('product' in node ? productIn(node.product) : undefined);
}
