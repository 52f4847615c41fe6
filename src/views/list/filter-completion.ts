import type { Filterable, FilterField } from './filter-conditions.ts';

/** What could stand in place of the last word of a filter: names of fields, or values of the one that it names. */
export type Completion = { readonly options: readonly string[]; readonly typed: string };

/** The most options that are worth a line. */
const maxOptions = 8;

/** What the last word of a filter may become. `valuesOf` answers what rows hold in a field, by the program's name of it. */
export function completionOf(
  text: string,
  fields: readonly FilterField[],
  valuesOf: (field: string) => readonly string[],
): Completion | undefined {
  const typed = /(?:[\p{L}-]+:"[^"]*|\S+)$/u.exec(text)?.[0] ?? '';
  const bare = typed.replace(/^!/, '').toLowerCase();
  if (bare === '') return undefined;
  const colon = bare.indexOf(':');
  if (colon < 0) {
    const names = fields.map(({ name }) => `${name}:`).filter((name) => name.startsWith(bare));
    return names.length === 0 ? undefined : { typed, options: names };
  }
  const field = fields.find(({ id, name }) => id === bare.slice(0, colon) || name === bare.slice(0, colon));
  if (field === undefined) return undefined;
  const begun = bare.slice(colon + 1).replace(/^"/, '');
  const values = [...new Set(valuesOf(field.id).map((value) => value.toLowerCase()))]
    .filter((value) => value.startsWith(begun) && value !== begun)
    .toSorted()
    .slice(0, maxOptions)
    .map((value) => `${field.name}:${value.includes(' ') ? `"${value}"` : value}`);
  return values.length === 0 ? undefined : { typed, options: values };
}

/** The filter with its last word completed as far as all options agree; nothing where Tab adds nothing. */
export function completed(text: string, completion: Completion | undefined): string | undefined {
  if (completion === undefined) return undefined;
  const { typed, options } = completion;
  const not = typed.startsWith('!') ? '!' : '';
  const [first = ''] = options;
  const alike = options.reduce((common, option) => {
    let at = 0;
    while (at < common.length && common[at] === option[at]) at += 1;
    return common.slice(0, at);
  }, first);
  const head = text.slice(0, text.length - typed.length);
  if (options.length === 1) return `${head}${not}${first}${first.endsWith(':') ? '' : ' '}`;
  return alike.length + not.length > typed.length ? `${head}${not}${alike}` : undefined;
}

/** Rows that are looked through for the values of a field. */
const maxRows = 2_000;

/** The words that rows hold in a field, one a line of its value; of a word in two languages the reader's own. */
export const facetValues = <Row>(
  rows: readonly Row[],
  field: string,
  filterable: (row: Row) => Filterable,
): readonly string[] =>
  rows.slice(0, maxRows).flatMap((row): readonly string[] => {
    const value = filterable(row).fields[field];
    if (typeof value !== 'string' || value === '') return [];
    return value.split('\n').map((one) => one.slice(one.indexOf(' ') + 1));
  });
