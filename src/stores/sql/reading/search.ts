import { type RawBuilder, sql } from 'kysely';
import { toProductId } from '../../../domain/ids.ts';
import type { SearchHit, StoreReader } from '../../../ports/store.ts';
import { refOfKey } from '../../lines/shown-line.ts';
import { edge } from '../../search/corpus.ts';
import { foldText } from '../../search/fold.ts';
import { gatherHits } from '../../search/search.ts';
import { wordsIn } from '../../search/searchable.ts';
import type { SearchedTable } from '../engine.ts';
import { type ListingTexts, listingParts } from '../listing-texts.ts';
import { exactHits } from './exact-hits.ts';
import type { ReaderTools } from './read.ts';

type Matched = SearchHit['matched'];
type Found = ListingTexts & { readonly search: string };

/** How often more listings are looked at than hits are wanted: one product's listings in all shops are one hit. */
const shopsAtMost = 8;
const rowsAtMost = 1_000;
/** Long enough to be a whole number of an item, or a barcode. */
const isNumber = /^(?=.*\d)\S{8,}$/;
/** Below this a text is no beginning that could be looked up by itself. */
const shortest = 2;

/** Finds what a person typed, as the search over tables in memory does: exact before beginning before middle. */
export function makeSqlSearch(tools: ReaderTools): StoreReader['search'] {
  const { ask, dialect } = tools;
  const matches = async (table: SearchedTable, { here, match }: SearchStrategy, limit: number): Promise<Matches> => {
    const more = table === 'products' ? sql`null as barcode, 0 as parent` : sql`t.barcode, t.parent`;
    const rows = await ask(sql<Found>`select t.key, t.search, t.name, t.sku, t.gtin, ${more} ${here} limit ${limit}`);
    const matched = rows.flatMap((row): readonly Matching[] => {
      const how = match(partsOf(table, row));
      return how === undefined ? [] : [{ how, key: row.key }];
    });
    const isAll = rows.length < limit;
    if (table === 'products')
      return { hits: matched.map(({ how, key }) => ({ ...how, productId: toProductId(key) })), isAll };
    return { hits: await heldHits(matched), isAll };
  };
  /** Who holds a listing is asked of those alone that match: mostly few of the rows that are looked at. */
  const heldHits = async (matched: readonly Matching[]): Promise<readonly SearchHit[]> => {
    if (matched.length === 0) return [];
    const keys = matched.map(({ key }) => key);
    const held = await ask(sql<{ ref_key: string; product_id: string }>`
      select ref_key, product_id from integrations where ${dialect.oneOf('ref_key', keys)}`);
    const holders = new Map(held.map((row) => [row.ref_key, toProductId(row.product_id)]));
    return matched.map(({ how, key }) => ({ ...how, productId: holders.get(key), ref: refOfKey(key) }));
  };
  return async ({ text, limit }) => {
    const asked = text.trim();
    const folded = foldText(asked);
    if (folded === '' || limit < 1) return [];
    const hits = gatherHits(limit);
    const most = { products: limit + rowsApart, listings: Math.min(rowsAtMost, limit * shopsAtMost + rowsApart) };
    const asText = (here: SearchStrategy['here']): SearchStrategy => ({
      here,
      match: (parts) => bestMatch(parts, folded),
    });
    const found: SearchHit[] = [];
    const beginning = (isWhole: boolean) => (table: SearchedTable, rows: number) =>
      dialect.beginning(table, folded, { isWhole, limit: rows });
    const look = async (
      table: SearchedTable,
      here: (table: SearchedTable, limit: number) => SearchStrategy['here'],
      rows: number = most[table],
    ) => {
      const answer = await matches(table, asText(here(table, rows)), rows);
      found.push(...answer.hits);
      return answer;
    };
    /** One product's listings in all shops are one hit, but mostly each is another's: more are looked at where they are not. */
    const lookForListings = async (isWhole: boolean): Promise<void> => {
      const first = await look('listings', beginning(isWhole), most.products);
      if (first.isAll) return;
      const tried = gatherHits(limit);
      for (const hit of found) if (hit.how !== 'middle') tried.offer(hit);
      if (!tried.areEnough()) await look('listings', beginning(isWhole));
    };
    const isLong = [...folded].length >= shortest;
    // What a product is called comes before what a shop alone calls it, as long as it is found equally well: so of the
    // listings those alone are looked for that may come before the products that were found.
    // Of few products is a number a part: its listings are asked for in the same go then.
    const ofAllListings = (): Promise<Matches> =>
      matches('listings', asText(dialect.holding('listings', [folded])), most.listings);
    const [borne, ofProducts, early] = await Promise.all([
      exactHits(tools, asked, folded),
      look('products', (table) => dialect.holding(table, [folded])),
      isNumber.test(folded) ? ofAllListings() : undefined,
    ]);
    for (const hit of borne) hits.add(hit);
    if (!ofProducts.isAll && isLong) {
      await look('products', beginning(true));
      const { hits: begun } = await look('products', beginning(false));
      await lookForListings(true);
      if (begun.length < limit) await lookForListings(false);
    } else {
      const ofListings = early ?? (await ofAllListings());
      found.push(...ofListings.hits);
      // More than can be looked at: then the best of them are asked for by themselves.
      if (!ofListings.isAll && isLong) for (const isWhole of [true, false]) await lookForListings(isWhole);
    }
    for (const how of ['exact', 'beginning', 'middle'] as const) {
      for (const hit of found) if (hit.how === how) hits.offer(hit);
    }
    const words = wordsIn(folded);
    if (words.length > 1 && !hits.areEnough()) {
      const offer = async (table: SearchedTable, needles: readonly string[]): Promise<void> => {
        const here = dialect.holding(table, needles);
        const way: SearchStrategy = { here, match: (parts) => bestOfWords(parts, words) };
        for (const hit of (await matches(table, way, most[table])).hits) hits.offer(hit);
      };
      await offer('products', words);
      await offer('listings', words);
      // One word may stand in what the shop alone calls it by, and the others in what its product is called.
      for (const word of words.slice(0, wordsAtMost)) if (!hits.areEnough()) await offer('listings', [word]);
    }
    return hits.best();
  };
}
const rowsApart = 16;
const wordsAtMost = 4;

/** A part of a text that is searched, folded, and what it is called in an answer. */
type Part = { readonly matched: Matched; readonly text: string };
type Match = Pick<SearchHit, 'matched' | 'how'>;
type SearchStrategy = {
  /** `from … where …` of the rows that are looked at. */
  readonly here: RawBuilder<unknown>;
  readonly match: (parts: readonly Part[]) => Match | undefined;
};
/** The key of a row that matches, and how. */
type Matching = { readonly how: Match; readonly key: string };
type Matches = { readonly hits: readonly SearchHit[]; readonly isAll: boolean };

/** The parts of a row's text; a product's lie end to end as `columns.ts` laid them. */
function partsOf(table: SearchedTable, row: Found): readonly Part[] {
  if (table === 'listings') return listingParts(row).map(({ matched, text }) => ({ matched, text: foldText(text) }));
  const texts = row.search.slice(edge.length, -edge.length).split(edge);
  const codes: readonly Matched[] = [
    ...(row.sku === null ? [] : ['sku' as const]),
    ...(row.gtin === null ? [] : ['gtin' as const]),
  ];
  // Between the codes and the name, which is last, lie the numbers that it had before.
  const last = texts.length - 1;
  return texts.map((text, place) => ({ matched: codes[place] ?? (place === last ? 'name' : 'former-sku'), text }));
}

const ranks = { exact: 0, beginning: 1, middle: 2 } as const;

function bestMatch(parts: readonly Part[], folded: string): Match | undefined {
  let best: Match | undefined;
  for (const { matched, text } of parts) {
    const at = text.indexOf(folded);
    if (at < 0) continue;
    const how = text.length === folded.length ? 'exact' : at === 0 ? 'beginning' : 'middle';
    if (best === undefined || ranks[how] < ranks[best.how]) best = { matched, how };
  }
  return best;
}

/** What the rarest word matches, when every word is somewhere. */
function bestOfWords(parts: readonly Part[], words: readonly string[]): Match | undefined {
  const all = words.map((word) => bestMatch(parts, word));
  const [first] = all;
  return first === undefined || all.includes(undefined) ? undefined : { matched: first.matched, how: 'middle' };
}
