import { looseSku, parseSku, type Sku } from '../../domain/ids.ts';
import { barelyNamed, type Originals, originalsOf, roundedFrom } from '../../domain/warehouse/rewritten-numbers.ts';
import type { StoreReader } from '../../ports/store.ts';

/** So many item numbers are looked for that a spreadsheet may have rewritten, and so many found of each. */
export const maxRewritten = 100;

/** What is left of the look-ups, for the whole of a file. */
export type RewrittenLeft = { rewrittenLeft: number };

/** Products that are nearly called so, by the number that nobody has: leading zeros lost, a dash less. */
export async function nearNumbers(
  now: StoreReader,
  unknown: readonly Sku[],
  file: RewrittenLeft,
): Promise<ReadonlyMap<Sku, Sku>> {
  if (unknown.length === 0) return new Map();
  const byLoose = new Map((await now.productsNear(unknown.map(looseSku))).map(({ sku }) => [looseSku(sku ?? ''), sku]));
  const near = new Map<Sku, Sku>();
  for (const sku of unknown) {
    const originals = originalsOf(sku) ?? roundedFrom(sku) ?? barelyNamed(sku);
    const isAsked = originals !== undefined && file.rewrittenLeft > 0;
    if (isAsked) file.rewrittenLeft -= 1;
    const found = byLoose.get(looseSku(sku)) ?? (isAsked ? await original(now, originals) : undefined);
    if (found !== undefined) near.set(sku, found);
  }
  return near;
}

/** The one product whose item number a spreadsheet, or a program without large numbers, would have written so. */
async function original(now: StoreReader, { texts, digits }: Originals): Promise<Sku | undefined> {
  const found = [...(await now.productsBy({ skus: texts.flatMap((text) => parseSku(text) ?? []) }))];
  if (digits !== undefined) {
    const hits = await now.search({ text: digits.beginning, limit: maxRewritten });
    found.push(...(await now.products(hits.flatMap(({ productId }) => productId ?? []))));
  }
  const meant = found.flatMap((one) => one.sku ?? []).filter((one) => texts.includes(one) || digits?.fits(one));
  const [first, another] = new Set(meant);
  return another === undefined ? first : undefined;
}
