import { sql } from 'kysely';
import { sellsByLocation } from '../../../domain/shop.ts';
import { lineShop } from '../../lines/line-facts.ts';
import type { LineFacts } from '../../lines/line-inputs.ts';
import { placeLines } from '../../lines/place-lines.ts';
import { piecesOf } from '../ask-in-turn.ts';
import {
  type CodeRow,
  type LinkRow,
  lineLinkOf,
  linkRows,
  type ProductRow,
  partsOf,
  productQueries,
  productsFrom,
} from './line-sources.ts';
import { type LineRow, type LineWork, lineRow, replaceLines } from './replace-lines.ts';

const atOnce = 500;

type Links = { readonly places: readonly string[]; readonly refs: readonly string[] };

/**
 * Works out anew the lines of these links, each in the list of its own shop: what another figure moves. No other line
 * of the product hangs on it, nor any conflict.
 */
export async function writeLinkedLines(work: LineWork, { places, refs }: Links): Promise<void> {
  for (const piece of piecesOf(places, atOnce)) await writePiece(work, { places: piece, refs: [] });
  for (const piece of piecesOf(refs, atOnce)) await writePiece(work, { places: [], refs: piece });
}

async function writePiece(work: LineWork, { places, refs }: Links): Promise<void> {
  const { ask, dialect, shops } = work;
  const here = places.length > 0 ? dialect.oneOf('i.key', places) : dialect.oneOf('i.ref_key', refs);
  const ids = sql`select i.product_id from integrations i where ${here}`;
  const answers = await dialect.together(ask, [
    sql`${linkRows} where ${here}`,
    ...productQueries(sql<boolean>`key in (${ids})`),
    sql`select ${lineRow} from integrations i
      join shop_lines t on t.shop_id = i.shop_id and t.key = ${'p\u001f'} || i.product_id where ${here}`,
  ]);
  const [links, rows, codes, before] = answers as unknown as [LinkRow[], ProductRow[], CodeRow[], LineRow[]];
  const products = productsFrom(rows, codes);
  const parts = shops.some(sellsByLocation)
    ? await partsOf(work, [...products.keys()])
    : new Map<string, LineFacts['parts']>();
  const shopOf = new Map(shops.map((shop) => [shop.id as string, lineShop(shop)]));
  const lines = links.flatMap((row) => {
    const product = products.get(row.product_id);
    const shop = shopOf.get(row.shop_id);
    if (product === undefined || shop === undefined) return [];
    const facts: LineFacts = {
      product,
      parts: parts.get(row.product_id) ?? [],
      links: new Map([[row.shop_id, lineLinkOf(row)]]),
      knownIn: new Set(),
      claims: new Set(),
      unwanted: [],
    };
    return placeLines(facts, [shop]);
  });
  await replaceLines(work, before, lines);
}
