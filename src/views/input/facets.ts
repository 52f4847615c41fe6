/** One condition of a filter: a word that must be there, or must not, or a field that must be so. */
export type Facet =
  | { readonly kind: 'word'; readonly word: string; readonly not: boolean }
  | {
      readonly kind: 'field';
      readonly field: string;
      readonly is: '=' | '>' | '<' | '>=' | '<=';
      readonly value: string;
      readonly not: boolean;
    };

/** What a row shows to a filter: all its words, and its fields by name. */
export type Filterable = { readonly words: string; readonly fields: Readonly<Record<string, string | number>> };

const fieldPattern = /^([\p{L}-]+):(>=|<=|>|<|=)?(.*)$/u;

type Comparison = Extract<Facet, { kind: 'field' }>['is'];
const comparisonOf = (text: string | undefined): Comparison =>
  text === '>' || text === '<' || text === '>=' || text === '<=' ? text : '=';

/**
 * A typed filter in parts: `boots shop:no stock:>0 !demo`. A part that names no known field is a plain word, so
 * that a half-typed `http://…` still finds something. Quotation marks keep blanks together.
 */
export function parseFacets(text: string, fields: readonly string[]): readonly Facet[] {
  const parts = text.match(/!?[\p{L}-]+:[<>=]*"[^"]*"?|!?"[^"]*"?|\S+/gu) ?? [];
  return parts.flatMap((part): readonly Facet[] => {
    const not = part.startsWith('!') && part.length > 1;
    const bare = (not ? part.slice(1) : part).toLowerCase();
    const found = fieldPattern.exec(bare);
    if (found !== null && fields.includes(found[1] ?? '')) {
      const value = (found[3] ?? '').replaceAll('"', '');
      if (value === '') return [];
      return [{ kind: 'field', field: found[1] ?? '', is: comparisonOf(found[2]), value, not }];
    }
    const word = bare.replaceAll('"', '');
    return word === '' || word === '!' ? [] : [{ kind: 'word', word, not }];
  });
}

/** The names before a colon that are no field here: told, so that nobody takes an empty list for an answer. */
export function unknownFields(text: string, fields: readonly string[]): readonly string[] {
  const names = (text.match(/(?<=^|\s)!?[\p{L}-]+(?=:(?!\/\/))/gu) ?? []).map((name) =>
    name.replace('!', '').toLowerCase(),
  );
  return names.filter((name) => !fields.includes(name));
}

function fieldFits(facet: Extract<Facet, { kind: 'field' }>, value: string | number | undefined): boolean {
  if (value === undefined) return false;
  if (facet.is === '=') {
    return typeof value === 'number' ? value === Number(facet.value) : value.toLowerCase().includes(facet.value);
  }
  const left = Number(value);
  const right = Number(facet.value);
  if (Number.isNaN(left) || Number.isNaN(right)) return false;
  if (facet.is === '>') return left > right;
  if (facet.is === '<') return left < right;
  return facet.is === '>=' ? left >= right : left <= right;
}

/** Whether a row meets every condition. Words are compared without regard to case. */
export function fitsFacets(facets: readonly Facet[], row: Filterable): boolean {
  const words = row.words.toLowerCase();
  return facets.every((facet) => {
    const fits = facet.kind === 'word' ? words.includes(facet.word) : fieldFits(facet, row.fields[facet.field]);
    return fits !== facet.not;
  });
}
