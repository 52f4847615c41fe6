import type { Words } from '../words/words.ts';

type Expected = keyof Words['domain']['shape']['expected'];

/** What the schemas call a kind of value, and the word for it. */
const kinds: Readonly<Record<string, Expected>> = {
  boolean: 'boolean',
  number: 'number',
  int: 'whole',
  string: 'text',
  array: 'list',
  object: 'object',
  record: 'object',
  text: 'text',
  'an id': 'id',
  'a number': 'number',
  'a whole number': 'whole',
  'yes or no': 'boolean',
  'a moment': 'moment',
};

/** Reasons of schemas that are told by one pattern, each as words that follow the name of a field. */
const patterns: readonly (readonly [RegExp, (found: readonly string[], words: Words) => string | undefined])[] = [
  [/^Invalid input: expected .*, received undefined$/, (_found, { domain }) => domain.shape.missing],
  [/^Invalid input: expected (\w+), received \w+$/, ([kind = ''], words) => mustBe(kind, words)],
  [/^Invalid (?:option|input): expected (?:one of )?(".*")$/, ([list = ''], words) => oneOf(list, words)],
  [/^Too small: expected number to be >=?(-?[\d.]+)$/, ([least = ''], { domain }) => domain.shape.atLeast(least)],
  [/^Too big: expected number to be <=?(-?[\d.]+)$/, ([most = ''], { domain }) => domain.shape.atMost(most)],
  [/^is missing$/, (_found, { domain }) => domain.shape.missing],
  [/^Too small: expected string to have >=1 characters$/, (_found, { domain }) => domain.shape.missing],
  [/^Too big: expected string to have <=(\d+) characters$/, ([most = ''], { domain }) => domain.shape.letters(most)],
  [/^is (".*"|[a-z ]+), not ([a-z ]+)$/, ([value = '', kind = ''], words) => isNot(value, kind, words)],
  [/^is two values \((.*)\), not ([a-z ]+)$/, ([both = '', kind = ''], words) => isTwo(both, kind, words)],
  [/^not (a moment)$/, ([kind = ''], words) => mustBe(kind, words)],
  [/^not a time zone such as (.*)$/, ([example = ''], { domain }) => domain.shape.timeZone(example)],
  [/^not a cron pattern such as (.*)$/, ([example = ''], { domain }) => domain.shape.cron(example)],
  [/^has a pass phrase$/, (_found, { domain }) => domain.shape.passPhrase],
  [/^not what it looks like but (.*)$/, ([host = ''], { domain }) => domain.shape.lookalike(host)],
  [/^not a host but (.*)$/, ([host = ''], { domain }) => domain.shape.noHost(host)],
  [/^not a time of day such as (.*)$/, ([example = ''], { domain }) => domain.shape.timeOfDay(example)],
];

const mustBe = (kind: string, { domain }: Words): string | undefined => {
  const known = kinds[kind];
  return known === undefined ? undefined : domain.shape.mustBe(domain.shape.expected[known]);
};

const oneOf = (list: string, { domain }: Words): string =>
  domain.shape.oneOf(
    list
      .split('|')
      .map((one) => one.replace(/^"|"$/g, ''))
      .join(', '),
  );

const isNot = (value: string, kind: string, words: Words): string | undefined => {
  const { shape } = words.domain;
  const known = kinds[kind];
  if (known === undefined) return undefined;
  const there = value.startsWith('"') ? value : shape.found[value === 'a list' ? 'list' : 'other'];
  return shape.isNot(there, shape.expected[known]);
};

const isTwo = (both: string, kind: string, { domain }: Words): string | undefined => {
  const known = kinds[kind];
  return known && domain.shape.isNot(domain.shape.found.two(both), domain.shape.expected[known]);
};

/**
 * Why a value was refused, in the reader's words, to stand after the name of its field; nothing for a text that no
 * schema of ours says, which is then what stood there itself.
 */
export function shapeReason(said: string, words: Words): string | undefined {
  for (const [pattern, tell] of patterns) {
    const found = pattern.exec(said);
    if (found !== null) return tell(found.slice(1), words);
  }
  return undefined;
}

/** The same of a field that is named before a colon, in the answer of a shop: "products.0.id: Invalid input ...". */
export function fieldReason(said: string, words: Words): string | undefined {
  const [, field = '', rest = ''] = /^([\w.[\]-]+): (.+)$/.exec(said) ?? [];
  const reason = shapeReason(rest, words);
  return reason === undefined ? undefined : words.domain.refusedField(field, reason);
}
