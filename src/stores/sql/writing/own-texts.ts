import { sql } from 'kysely';
import { piecesOf } from '../ask-in-turn.ts';
import { type ListingTexts, ownText } from '../listing-texts.ts';
import type { Tools } from './line-sources.ts';

/** A listing, and what its product is searched for by. */
export type OwnRow = ListingTexts & { readonly ord: number; readonly search: string; readonly held: string | null };
export type OwnText = Pick<OwnRow, 'key' | 'ord' | 'search'> & { readonly text: string };

const columns = ['key', 'search'].map((name) => ({ name, holds: 'text' as const }));

/** Works out anew what these listings are looked for in, and brings the index of texts up to date. */
export async function writeOwnTexts(tools: Tools, keys: ReadonlySet<string>): Promise<void> {
  const { ask, dialect } = tools;
  for (const piece of piecesOf([...keys], 1_000)) {
    const rows = await ask(sql<OwnRow>`
      select l.key, l.ord, l.search, l.sku, l.gtin, l.barcode, l.name, l.parent, p.search as held from listings l
      left join integrations i on i.ref_key = l.key left join products p on p.key = i.product_id
      where ${dialect.oneOf('l.key', piece)}`);
    const moved = movedTexts(rows);
    if (moved.length === 0) continue;
    await putTexts(tools, moved);
    const removed = moved.flatMap(({ ord, search }) => (search === '' ? [] : [ord]));
    await dialect.index(ask, 'listings', { keys: moved.map(({ key }) => key), removed });
  }
}

/** Those of these listings that are to be looked for in another text than they are. */
export const movedTexts = (rows: readonly OwnRow[]): readonly OwnText[] =>
  rows.flatMap((row) => {
    const text = ownText(row, row.held ?? undefined);
    return text === row.search ? [] : [{ ...row, text }];
  });

/** Writes the texts, and no index of them. */
export async function putTexts({ ask, dialect }: Tools, moved: readonly OwnText[]): Promise<void> {
  if (moved.length === 0) return;
  const texts = moved.map(({ key, text }) => [key, text]);
  await ask(sql`
    update listings set search = x.search from (${dialect.select(columns, texts)}) x where listings.key = x.key`);
}

/** The listings of products whose own text is another than it was. */
export async function listingsOfProducts({ ask, dialect }: Tools, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await ask(
    sql<{ ref_key: string }>`select ref_key from integrations where ${dialect.oneOf('product_id', ids)}`,
  );
  return rows.map(({ ref_key }) => ref_key);
}
