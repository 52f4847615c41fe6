import { expect, test } from 'vitest';
import { makeRandom } from '../../src/demo/seeded-random.ts';
import { type ShopId, toProductId, toShopId } from '../../src/domain/ids.ts';
import { type InactiveRow, rungs } from '../../src/domain/inactive/inactive-row.ts';
import { compareInactive } from '../../src/domain/inactive/judge-inactive.ts';
import { sumsOf } from '../../src/domain/money.ts';
import { makeReportTally } from '../../src/services/inactive/report-tally.ts';
import { makeMark } from '../support/builders.ts';

const shopIds = ['dk', 'no', 'se'].map(toShopId);

/** Rows of so many products, some of them off show, ticked or without a value. */
function madeUpRows(seed: number, products: number): readonly (readonly InactiveRow[])[] {
  const { below, pick } = makeRandom(seed);
  return Array.from({ length: products }, (_, at) => {
    const value = below(5) === 0 ? undefined : { minor: 100 * below(50), currency: pick(['DKK', 'SEK', 'JPY']) };
    const onHand = 1 + below(9);
    return shopIds
      .filter(() => below(3) > 0)
      .map(
        (shopId): InactiveRow => ({
          productId: toProductId(`p${at}`),
          shopId,
          name: `Thing ${at}`,
          rung: pick(rungs),
          signals: below(2) === 0 ? [{ kind: 'not-visible', shopSays: 'hidden' }] : [{ kind: 'never-listed' }],
          onHand,
          available: onHand,
          value,
          ...(below(4) === 0 ? { tick: makeMark({ kind: 'ticked' }) } : {}),
        }),
      );
  });
}

/** The same worked out over all rows at once. */
function plainSum(all: readonly InactiveRow[], isUnlisted: (shopId: ShopId, offShow: number) => boolean) {
  const isOffShow = ({ signals }: InactiveRow) => signals[0].kind === 'not-visible';
  const hidden = Map.groupBy(all.filter(isOffShow), ({ shopId }) => shopId);
  const asked = all
    .filter((row) => !isOffShow(row) || !isUnlisted(row.shopId, hidden.get(row.shopId)?.length ?? 0))
    .filter(({ shopId }) => shopId !== 'no');
  const rows = asked.filter(({ tick }) => tick === undefined).sort(compareInactive);
  const values = new Map(rows.map((row) => [row.productId, row.value]));
  const byRung = Object.fromEntries(rungs.map((rung) => [rung, rows.filter((row) => row.rung === rung).length]));
  return {
    rows,
    total: rows.length,
    byRung,
    value: sumsOf([...values.values()].flatMap((value) => value ?? [])).toSorted((a, b) =>
      a.currency < b.currency ? -1 : 1,
    ),
    ticked: asked.length - rows.length,
  };
}

test.each([1, 2, 3, 4, 5, 6])('adding up product by product comes to what all rows at once do (%i)', (seed) => {
  const products = madeUpRows(seed, 400);
  // The first shop shows most of its goods in no list.
  const isUnlisted = (shopId: ShopId, offShow: number) => shopId === 'dk' && offShow > 20;
  const wanted = plainSum(products.flat(), isUnlisted);
  for (const keep of [undefined, 7, 40]) {
    const tally = makeReportTally({ isAskedFor: ({ shopId }) => shopId !== 'no', withTicked: false, keep });
    for (let at = 0; at < products.length; at += 50) tally.add(products.slice(at, at + 50).flat());
    const sum = tally.sum(isUnlisted);
    const value = sum.value.toSorted((a, b) => (a.currency < b.currency ? -1 : 1));
    expect({ ...sum, value, rows: sum.rows.slice(0, keep) }).toEqual({ ...wanted, rows: wanted.rows.slice(0, keep) });
    expect(sum.rows.length).toBeLessThanOrEqual(3 * (keep ?? Number.POSITIVE_INFINITY));
  }
});
