import { sql } from 'kysely';
import { piecesOf } from '../ask-in-turn.ts';
import { type ListingTexts, ownText } from '../listing-texts.ts';
import type { Tools } from './line-sources.ts';

type OwnRow = ListingTexts & { readonly ord: number; readonly search: string; readonly held: string | null };

const columns = ['key', 'search'].map((name) => ({ name, holds: 'text' as const }));

/** Works out anew what these listings are looked for in, and brings the index of texts up to date. */
export async function writeOwnTexts(
  { ask, dialect }: Tools,
  keys: ReadonlySet<string>,
  { isIndexed = true }: { readonly isIndexed?: boolean } = {},
): Promise<void> {
  for (const piece of piecesOf([...keys], 1_000)) {
    const rows = await ask(sql<OwnRow>`
      select l.key, l.ord, l.search, l.sku, l.gtin, l.barcode, l.name, l.parent, p.search as held from listings l
      left join integrations i on i.ref_key = l.key left join products p on p.key = i.product_id
      where ${dialect.oneOf('l.key', piece)}`);
    const moved = rows.flatMap((row) => {
      const text = ownText(row, row.held ?? undefined);
      return text === row.search ? [] : [{ ...row, text }];
    });
    if (moved.length === 0) continue;
    const texts = moved.map(({ key, text }) => [key, text]);
    await ask(sql`
      update listings set search = x.search from (${dialect.select(columns, texts)}) x where listings.key = x.key`);
    if (!isIndexed) continue;
    const removed = moved.flatMap(({ ord, search }) => (search === '' ? [] : [ord]));
    await dialect.index(ask, 'listings', { keys: moved.map(({ key }) => key), removed });
  }
}

/** The listings of products whose own text is another than it was. */
export async function listingsOfProducts({ ask, dialect }: Tools, ids: readonly string[]): Promise<readonly string[]> {
  if (ids.length === 0) return [];
  const rows = await ask(
    sql<{ ref_key: string }>`select ref_key from integrations where ${dialect.oneOf('product_id', ids)}`,
  );
  return rows.map(({ ref_key }) => ref_key);
}
