import { type Instant, later, parseInstant } from '../../domain/ids.ts';
import type { Words } from '../words/words.ts';

/** A field that a condition may name, as the program calls it. */
export type FilterFieldId = keyof Words['screen']['filterField'];

/** A field under both of its names: the program's, understood everywhere, and the one of the reader's language. */
export type FilterField = { readonly id: string; readonly name: string };

/** The fields of a list as the reader calls them. */
export const filterFields = (ids: readonly FilterFieldId[], words: Words): readonly FilterField[] =>
  ids.map((id) => ({ id, name: words.screen.filterField[id] }));

/** The names of fields as they are typed: `shop: stock:`. */
export const fieldPrefixes = (fields: readonly FilterField[]): string => fields.map(({ name }) => `${name}:`).join(' ');

const fieldNamed = (fields: readonly FilterField[], typed: string): FilterField | undefined =>
  fields.find(({ id, name }) => id === typed || name === typed);

/** One condition of a filter: a word that must be there, or must not, or a field that must be so. */
export type FilterCondition =
  | { readonly kind: 'word'; readonly word: string; readonly not: boolean }
  /** A field that holds a moment: not before this one. */
  | { readonly kind: 'since'; readonly field: string; readonly from: Instant; readonly not: boolean }
  | {
      readonly kind: 'field';
      readonly field: string;
      readonly is: '=' | '>' | '<' | '>=' | '<=';
      readonly value: string;
      readonly not: boolean;
    };

/**
 * What a row shows to a filter: all its words, and its fields by their ids. A field that is a word on the screen holds
 * both the program's word and the screen's.
 */
export type Filterable = { readonly words: string; readonly fields: Readonly<Record<string, string | number>> };

const fieldPattern = /^([\p{L}-]+):(>=|<=|>|<|=)?(.*)$/u;

type ComparisonOperator = Extract<FilterCondition, { kind: 'field' }>['is'];
const comparisonOf = (text: string | undefined): ComparisonOperator =>
  text === '>' || text === '<' || text === '>=' || text === '<=' ? text : '=';

/**
 * A typed filter in parts: `boots shop:no stock:>0 !demo`. A part that names no known field is a plain word, so
 * that a half-typed `http://…` still finds something. Quotation marks keep blanks together.
 */
export function parseConditions(
  text: string,
  fields: readonly FilterField[],
  now?: Instant,
): readonly FilterCondition[] {
  const parts = text.match(/!?[\p{L}-]+:[<>=]*"[^"]*"?|!?"[^"]*"?|\S+/gu) ?? [];
  return parts.flatMap((part): readonly FilterCondition[] => {
    const not = part.startsWith('!') && part.length > 1;
    const bare = (not ? part.slice(1) : part).toLowerCase();
    const found = fieldPattern.exec(bare);
    const field = found === null ? undefined : fieldNamed(fields, found[1] ?? '');
    if (found !== null && field !== undefined) {
      const value = (found[3] ?? '').replaceAll('"', '');
      if (value === '') return [];
      if (field.id === 'since') {
        const from = momentOf(value, now);
        return from === undefined ? [] : [{ kind: 'since', field: field.id, from, not }];
      }
      return [{ kind: 'field', field: field.id, is: comparisonOf(found[2]), value, not }];
    }
    const word = bare.replaceAll('"', '');
    return word === '' || word === '!' ? [] : [{ kind: 'word', word, not }];
  });
}

const unitMs: Readonly<Record<string, number>> = {
  h: 3_600_000,
  t: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
  u: 604_800_000,
};

/** A moment out of `7d`, `12h`, `2w` before `now`, or a day `2026-11-24`; nothing while it is half typed. */
function momentOf(value: string, now: Instant | undefined): Instant | undefined {
  if (/^\d{4}-\d\d-\d\d$/.test(value)) return parseInstant(`${value}T00:00:00Z`);
  const found = /^(\d{1,4})([hdwtu])$/.exec(value);
  const unit = unitMs[found?.[2] ?? ''];
  return found === null || unit === undefined || now === undefined ? undefined : later(now, -Number(found[1]) * unit);
}

/** The words that a row has to hold: what stands out in those that do. */
export const wordsOf = (conditions: readonly FilterCondition[]): readonly string[] =>
  conditions.flatMap((one) => (one.kind === 'word' && !one.not ? [one.word] : []));

/** What of a list is looked at: rows from `top` on, or, filtered or in another order, all that hold the word. */
export type ListSection = { readonly top: number; readonly whole: boolean; readonly word?: string };

/** The longest plain word that must be there: by it a long list can be asked for narrower. */
export const searchWord = (conditions: readonly FilterCondition[]): string | undefined =>
  conditions
    .flatMap((one) => (one.kind === 'word' && !one.not && /^[\p{L}\p{N}-]+$/u.test(one.word) ? [one.word] : []))
    .toSorted((a, b) => b.length - a.length)[0];

/** The names before a colon that are no field here: told, so that nobody takes an empty list for an answer. */
export function unknownFields(text: string, fields: readonly FilterField[]): readonly string[] {
  const names = (text.match(/(?<=^|\s)!?[\p{L}-]+(?=:(?!\/\/))/gu) ?? []).map((name) =>
    name.replace('!', '').toLowerCase(),
  );
  return names.filter((name) => fieldNamed(fields, name) === undefined);
}

function fieldFits(
  condition: Extract<FilterCondition, { kind: 'field' }>,
  value: string | number | undefined,
): boolean {
  if (value === undefined) return false;
  if (condition.is === '=') {
    return typeof value === 'number'
      ? value === Number(condition.value)
      : value.toLowerCase().includes(condition.value);
  }
  const left = Number(value);
  const right = Number(condition.value);
  if (Number.isNaN(left) || Number.isNaN(right)) return false;
  if (condition.is === '>') return left > right;
  if (condition.is === '<') return left < right;
  return condition.is === '>=' ? left >= right : left <= right;
}

function conditionFits(condition: FilterCondition, row: Filterable, words: string): boolean {
  if (condition.kind === 'word') return words.includes(condition.word);
  const value = row.fields[condition.field];
  if (condition.kind === 'field') return fieldFits(condition, value);
  return typeof value === 'string' && value !== '' && value >= condition.from;
}

/** Whether a row meets every condition. Words are compared without regard to case. */
export function matchesConditions(conditions: readonly FilterCondition[], row: Filterable): boolean {
  const words = row.words.toLowerCase();
  return conditions.every((condition) => {
    return conditionFits(condition, row, words) !== condition.not;
  });
}
