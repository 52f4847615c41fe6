const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g;

/** Why a text is no JSON of ours, and where: at a sign that does not fit, at its end, or at a key that stands there twice. */
export class JsonTextError extends SyntaxError {
  override readonly name = 'JsonTextError';
  readonly why: 'does-not-fit' | 'ends-early' | 'key-twice';
  /** From one; the column counts UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly key: string;

  constructor(why: JsonTextError['why'], text: string, at: number, key = '') {
    const before = text.slice(0, at).split('\n');
    super(why);
    this.why = why;
    this.line = before.length;
    this.column = (before.at(-1)?.length ?? 0) + 1;
    this.key = key;
  }
}

/**
 * What a JSON text of our own holds: settings, keys. Throws a `JsonTextError` for what is no JSON, and for a key that
 * stands twice in one object, where the last would win without a word.
 */
export function parseStrictJson(json: string): unknown {
  let found: unknown;
  try {
    found = JSON.parse(json);
  } catch (error) {
    const at = placeOfError(json, error instanceof Error ? error.message : '');
    const isWhole = at < json.trimEnd().length;
    throw new JsonTextError(isWhole ? 'does-not-fit' : 'ends-early', json, isWhole ? at : json.trimEnd().length);
  }
  const twice = repeatedKey(json);
  if (twice === undefined) return found;
  throw new JsonTextError('key-twice', json, twice.at, twice.key);
}

const wholeToken = /\s*(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true\b|false\b|null\b|[{}[\],:])/y;
const nothingBetween = /[,:[]\s*[,:\]}]/y;

/** The parser names a place for most of what it refuses; where it names the sign alone, the place is looked for. */
function placeOfError(json: string, message: string): number {
  const named = /at position (\d+)/.exec(message)?.[1];
  if (/^Unterminated|^Unexpected end/.test(message)) return json.length;
  if (named !== undefined) return Number(named);
  for (let at = 0; at < json.length; at = wholeToken.lastIndex) {
    const sign = at + (/^\s*/.exec(json.slice(at, at + 1_000))?.[0].length ?? 0);
    nothingBetween.lastIndex = sign;
    const gap = nothingBetween.exec(json)?.[0];
    if (gap !== undefined && !/^\[\s*\]$/.test(gap)) return sign + gap.length - 1;
    wholeToken.lastIndex = at;
    if (!wholeToken.test(json)) return sign;
  }
  return json.length;
}

function repeatedKey(json: string): { readonly at: number; readonly key: string } | undefined {
  const open: Set<string>[] = [];
  for (const { 0: text, 1: colon, index } of json.matchAll(token)) {
    if (text === '{') open.push(new Set());
    else if (text === '}') open.pop();
    else if (colon !== undefined) {
      const key = String(JSON.parse(text.slice(0, -colon.length)));
      if (open.at(-1)?.has(key) === true) return { at: index, key };
      open.at(-1)?.add(key);
    }
  }
  return undefined;
}
