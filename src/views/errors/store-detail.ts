import type { Words } from '../words/words.ts';

type Say = Words['storeDetail'];
type Found = readonly string[];

const known = (list: Readonly<Record<string, string>>, name: string): string | undefined =>
  Object.hasOwn(list, name) ? list[name] : undefined;

/** What adapters say of trouble in sentences with something in them. */
const patterns: readonly (readonly [RegExp, (say: Say, found: Found) => string])[] = [
  [/^written by version (\d+); this program knows up to (\d+)$/, (say, [by = '', to = '']) => say.writtenBy(by, to)],
  [/^it has (\S+); this program knows up to (\S+)$/, (say, [has = '', to = '']) => say.newerTables(has, to)],
  [/^no parameter is called (\w+); known are (.+)$/, (say, [name = '', all = '']) => say.noParameter(name, all)],
  [/^in a user, a password or a database .* are written (.+)$/, (say, [signs = '']) => say.notEncoded(signs)],
  [/^not an address such as .* are written (.+)$/, (say, [signs = '']) => say.noAddress(signs)],
  [/^the server is not written in plain letters, but (.+)$/, (say, [ascii = '']) => say.otherLetters(ascii)],
  [/^the \w+ holds a % that is not written %25$/, (say) => say.loosePercent],
  [/^(\w+) is not a whole number$/, (say, [name = '']) => say.notWhole(name)],
  [/^the list (\w+) is not there; /, (say, [list = '']) => say.listMissing(list)],
  [/^the table (\w+) is missing$/, (say, [table = '']) => say.tableMissing(table)],
  [
    /^the next number of an event is not after (\d+), the last; store compact sets it right$/,
    (say, [newest = '']) => say.numbersBehind(newest),
  ],
  [/^the column (\w+\.\w+) is missing$/, (say, [column = '']) => say.columnMissing(column)],
  [/^the constraint (\w+) is missing$/, (say, [law = '']) => say.lawMissing(law)],
  [/^the server is PostgreSQL (\d+), and (\d+) or/, (say, [is = '', oldest = '']) => say.oldServer(is, oldest)],
  [/^the database is in (\S+), not in UTF8$/, (say, [encoding = '']) => say.notUtf8(encoding)],
  [/^the schema (\w+) is not there, and/, (say, [schema = '']) => say.noSchema(schema)],
  [/^the schema (\w+) is gone$/, (say, [schema = '']) => say.schemaGone(schema)],
  [/^the role may not use the schema (\w+)$/, (say, [schema = '']) => say.schemaShut(schema)],
  [/^ends here; (\d+) bytes /, (say, [bytes = '']) => say.endsHere(bytes)],
  [/^wrong (header|length|checksum)(?: of the whole file)?$/, (say) => say.said['the checksum does not fit']],
  [/^held by process (\d+)$/, (say, [pid = '']) => say.heldBy(pid)],
  [/^the manifest is gone, but (\S+) is there$/, (say, [file = '']) => say.manifestGone(file)],
  [/^unable to open database: /, (say) => say.said['unable to open database file']],
  [/ is no ordinary file$/, (say) => say.said['it is no ordinary file']],
  [/a connection pooler such as PgBouncer/, (say) => say.pooler],
  [/^the server asks for a password, /, (say) => say.noPassword],
];

/** A code of the system in words, with the code behind them; a database's own words keep theirs. */
function codeInWords(said: string, { codes }: Say): string | undefined {
  const [, before = '', code = ''] = /^(?:(.+) \()?([A-Z0-9][A-Z0-9_]{2,})\)?$/.exec(said) ?? [];
  const word = known(codes, code);
  const behind = before === '' || before.includes(code) ? before || code : `${before}, ${code}`;
  return word && `${word} (${behind})`;
}

/**
 * The particulars of trouble with a store in the reader's words. What no adapter of ours says is what the system or a
 * server says, and stays as it is.
 */
export function storeDetailLine(detail: string, words: Words): string {
  const say = words.storeDetail;
  const [, doing = '', rest = ''] = /^([a-z ]+): (.+)$/is.exec(detail) ?? [];
  const what = known(say.doing, doing);
  if (what !== undefined) return `${what}: ${storeDetailLine(rest, words)}`;
  const whole = known(say.said, detail) ?? codeInWords(detail, say);
  if (whole !== undefined) return whole;
  for (const [pattern, tell] of patterns) {
    const found = pattern.exec(detail);
    if (found !== null) return tell(say, found.slice(1));
  }
  return detail;
}
