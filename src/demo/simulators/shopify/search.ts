import type { FakeOrder, FakeProduct, FakeVariant } from '../shelf.ts';

/** What a search field compares with: a text by its words, a date by its moment. */
type Field<Row> = { readonly kind: 'words' | 'moment'; readonly of: (row: Row) => string | number | undefined };

export type SearchWarning = { readonly field: string; readonly message: string; readonly code: string };
export type Search<Row> = {
  readonly matches: (row: Row) => boolean;
  readonly warnings: readonly SearchWarning[];
};

export type VariantRow = { readonly product: FakeProduct; readonly variant: FakeVariant };

export const variantFields: Readonly<Record<string, Field<VariantRow>>> = {
  sku: { kind: 'words', of: ({ variant }) => variant.sku },
  barcode: { kind: 'words', of: ({ variant }) => variant.barcode },
  title: { kind: 'words', of: ({ product }) => product.title },
  updated_at: { kind: 'moment', of: ({ variant }) => variant.updatedAt },
};
export const productFields: Readonly<Record<string, Field<FakeProduct>>> = {
  title: { kind: 'words', of: (product) => product.title },
  updated_at: { kind: 'moment', of: (product) => product.updatedAt },
  created_at: { kind: 'moment', of: (product) => product.createdAt },
};
export const orderFields: Readonly<Record<string, Field<FakeOrder>>> = {
  created_at: { kind: 'moment', of: (order) => order.createdAt },
};

type Term = { readonly field?: string; readonly sign: string; readonly value: string; readonly quoted: boolean };

/**
 * A subset of Shopify's search: terms side by side must all match. An unknown field never fails; it warns and
 * matches everything. Words are found whole, blind to case and to what stands between them.
 */
export function search<Row>(query: string, fields: Readonly<Record<string, Field<Row>>>): Search<Row> {
  // Terms between two ORs belong together.
  const ways = query.split(/\sOR\s/).map((part) => searchAll(part, fields));
  return {
    matches: (row) => ways.some(({ matches }) => matches(row)),
    warnings: ways.flatMap(({ warnings }) => warnings),
  };
}

function searchAll<Row>(query: string, fields: Readonly<Record<string, Field<Row>>>): Search<Row> {
  const tests: ((row: Row) => boolean)[] = [];
  const warnings: SearchWarning[] = [];
  for (const term of termsOf(query)) {
    const field = term.field === undefined ? undefined : fields[term.field];
    if (field !== undefined) tests.push(testOf(term, field));
    else if (term.field !== undefined) {
      warnings.push({ field: term.field, message: 'Invalid search field for this query.', code: 'invalid_field' });
    } else {
      const texts = Object.values(fields).filter(({ kind }) => kind === 'words');
      tests.push((row) => texts.some((one) => hasWords(String(one.of(row) ?? ''), term.value)));
    }
  }
  return { matches: (row) => tests.every((test) => test(row)), warnings };
}

function termsOf(query: string): readonly Term[] {
  const pattern = /(?:(\w+):)?(>=|<=|>|<)?(?:'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"|([^\s'"]+))/gy;
  const terms: Term[] = [];
  for (let at = 0; at < query.length; ) {
    pattern.lastIndex = at;
    const found = pattern.exec(query);
    if (found === null) {
      at += 1;
      continue;
    }
    at = pattern.lastIndex;
    const [, field, sign = '', single, double, bare] = found;
    const inQuotes = single ?? double;
    const value = inQuotes === undefined ? (bare ?? '') : inQuotes.replace(/\\(.)/g, '$1');
    terms.push({ field, sign, value, quoted: inQuotes !== undefined });
  }
  return terms;
}

function testOf<Row>(term: Term, field: Field<Row>): (row: Row) => boolean {
  if (field.kind === 'words') return (row) => hasWords(String(field.of(row) ?? ''), term.value);
  // Without quotes a date loses its time of day, as recorded.
  const date = Date.parse(term.quoted ? term.value : term.value.slice(0, 10));
  return (row) => compare(Math.floor(Number(field.of(row)) / 1000) * 1000, term.sign, date);
}

function compare(value: number, sign: string, with_: number): boolean {
  if (sign === '>=') return value >= with_;
  if (sign === '<=') return value <= with_;
  if (sign === '>') return value > with_;
  return sign === '<' ? value < with_ : value === with_;
}

const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** Whether all words of the search are among those of the text, in any order. */
function hasWords(text: string, sought: string): boolean {
  const words = wordsOf(text);
  const wanted = wordsOf(sought);
  return wanted.length === 0
    ? sought !== '' && text.toLowerCase().includes(sought.toLowerCase())
    : wanted.every((word) => words.includes(word));
}
