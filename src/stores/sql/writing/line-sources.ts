import { type RawBuilder, sql } from 'kysely';
import { type Gtin, type ProductId, shownGtin } from '../../../domain/ids.ts';
import { type Shop, sellsByLocation } from '../../../domain/shop.ts';
import type { FiguresAt, LineFacts, LineLink, LineProduct } from '../../lines/line-inputs.ts';
import { refOfKey } from '../../lines/shown-line.ts';
import type { Ask, Dialect } from '../engine.ts';
import { listedIn } from './listed-in.ts';
import { momentWhere, sameShops } from './same-shop.ts';

export type Tools = { readonly ask: Ask; readonly dialect: Dialect };

/** What lines show of a product, as its columns hold it. */
export type ProductRow = {
  key: ProductId;
  sku: string | null;
  gtin: string | null;
  name: string;
  on_hand: number | null;
  available: number | null;
  origin_ref: string | null;
  created_at: string | null;
};

const lineProductOf = (row: ProductRow, formerSkus: readonly string[]): LineProduct => ({
  id: row.key,
  sku: row.sku ?? undefined,
  gtin: row.gtin === null ? undefined : shownGtin(row.gtin as Gtin),
  name: row.name,
  formerSkus,
  onHand: row.on_hand ?? 0,
  available: row.available ?? 0,
  fromShop: row.origin_ref === null ? undefined : refOfKey(row.origin_ref).shopId,
  createdAt: row.created_at ?? undefined,
});

export type CodeRow = { readonly key: string; readonly code: string };

/** What lines show of products: their rows, and the item numbers that they had before. */
export const productQueries = (
  here: RawBuilder<boolean>,
  shops: readonly Shop[] = [],
): readonly RawBuilder<unknown>[] => [
  sql`select key, sku, gtin, name, on_hand, available, origin_ref, ${momentWhere(shops, 'createdAt')} as created_at
    from products where ${here}`,
  sql`select key, code from product_codes where kind = 'former_sku' and ${here} order by key, code`,
];

/** The products that such questions answered, by id. */
export function productsFrom(rows: readonly ProductRow[], codes: readonly CodeRow[]): Map<string, LineProduct> {
  const former = Map.groupBy(codes, ({ key }) => key);
  return new Map(
    rows.map((row) => [
      row.key,
      lineProductOf(
        row,
        (former.get(row.key) ?? []).map(({ code }) => code),
      ),
    ]),
  );
}

/** A link with its listing and its last sale. */
export type LinkRow = {
  product_id: string;
  shop_id: string;
  ref_key: string;
  pushed: number | null;
  pushed_at: string | null;
  sold_at: string | null;
  listing: string | null;
  sold: number | null;
  counted: number | null;
  tellable: number | null;
  quantity: number | null;
  quantities_at: string | null;
  listed_at: string | null;
  sku: string | null;
  barcode: string | null;
};

/** What a column of ours holds, written by `JSON.stringify`. */
const figuresIn = (text: string | null): FiguresAt | undefined => (text === null ? undefined : JSON.parse(text));

export const lineLinkOf = (row: LinkRow): LineLink => ({
  refKey: row.ref_key,
  pushed: row.pushed ?? undefined,
  pushedAt: figuresIn(row.pushed_at),
  soldAt: row.sold_at ?? undefined,
  listing:
    row.listing === null
      ? undefined
      : {
          sold: row.sold === 1,
          counted: row.counted === 1,
          acceptsStock: row.tellable === 1,
          quantity: row.quantity ?? undefined,
          at: figuresIn(row.quantities_at),
          codes: [row.sku, row.barcode].filter((code) => code !== null),
          listedAt: row.listed_at ?? undefined,
        },
});

/** Asks for links; which follows. */
export const linkRows = sql`
  select i.product_id, i.shop_id, i.ref_key, i.pushed, i.pushed_at, s.sold_at, l.key as listing, l.sold, l.counted,
    l.tellable, l.quantity, l.quantities_at, l.listed_at, l.sku, l.barcode
  from integrations i left join listings l on l.key = i.ref_key left join sales s on s.key = i.ref_key`;

/** All that the lines of some products are made of, in a handful of questions. */
export async function lineFacts(
  tools: Tools,
  ids: readonly string[],
  shops: readonly Shop[],
): Promise<readonly LineFacts[]> {
  const { ask, dialect } = tools;
  const here = dialect.oneOf('product_id', ids);
  const at = momentWhere(shops, 'at');
  const isPresent = sameShops(shops);
  const answers = await dialect.together(ask, [
    ...productQueries(dialect.oneOf('key', ids), shops),
    sql`${linkRows} where ${dialect.oneOf('i.product_id', ids)}`,
    sql`
      select product_id, shop_id, 0 as claim, ${at} as at from tombstones where ${here}
      union all select product_id, shop_id, 1 as claim, null as at from conflict_products where ${here}`,
    sql`select product_id, shop_id, until, ${at} as at from marks where kind = 'not-for-this-shop' and ${here}`,
  ]);
  const [rows, codes, links, places, marks] = answers as unknown as readonly [
    ProductRow[],
    CodeRow[],
    LinkRow[],
    { product_id: string; shop_id: string; claim: number; at: string | null }[],
    { product_id: string; shop_id: string | null; until: string | null; at: string | null }[],
  ];
  const products = productsFrom(rows, codes);
  const parts = shops.some(sellsByLocation) ? await partsOf(tools, ids) : new Map<string, LineFacts['parts']>();
  const linksOf = Map.groupBy(links, ({ product_id }) => product_id);
  const placesOf = Map.groupBy(
    places.filter(({ claim, shop_id, at: since }) => claim === 1 || isPresent(shop_id, since)),
    ({ product_id }) => product_id,
  );
  const marksOf = Map.groupBy(marks, ({ product_id }) => product_id);
  // What is linked in every shop is in all their lists, whatever else bears its number.
  const elsewhere = [...products].filter(([id]) => {
    const there = new Set<string>(linksOf.get(id)?.map(({ shop_id }) => shop_id));
    return !shops.every((shop) => there.has(shop.id));
  });
  const listed = await listedIn(tools, new Map(elsewhere), shops);
  return [...products.values()].map((product): LineFacts => {
    const own = placesOf.get(product.id) ?? [];
    return {
      product,
      parts: parts.get(product.id) ?? [],
      links: new Map((linksOf.get(product.id) ?? []).map((row) => [row.shop_id, lineLinkOf(row)])),
      knownIn: new Set([...own.map(({ shop_id }) => shop_id), ...(listed.get(product.id) ?? [])]),
      claims: new Set(own.filter(({ claim }) => claim === 1).map(({ shop_id }) => shop_id)),
      unwanted: (marksOf.get(product.id) ?? []).map(({ shop_id, until, at: markedAt }) => ({
        shopId: shop_id ?? undefined,
        until: until ?? undefined,
        at: markedAt ?? undefined,
      })),
    };
  });
}

/** What may be sold of products at each location. */
export async function partsOf(
  { ask, dialect }: Tools,
  ids: readonly string[],
): Promise<Map<string, LineFacts['parts']>> {
  const rows = await ask(sql<{ product_id: string; location: string; hundredths: number | null }>`
    select product_id, location, hundredths from stock_levels where ${dialect.oneOf('product_id', ids)}`);
  const levels = rows.map(({ product_id, location, hundredths }) => ({
    id: product_id,
    location,
    available: (hundredths ?? 0) / 100,
  }));
  return Map.groupBy(levels, ({ id }) => id);
}
