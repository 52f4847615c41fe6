const token = /"(?:[^"\\]|\\.)*"(\s*:)?|[{}]/g;

/**
 * What a JSON text of our own holds: settings, keys. Throws a `SyntaxError` for what is no JSON, and for a key that stands
 * twice in one object, where the last would win without a word.
 */
export function parseStrictJson(json: string): unknown {
  const found: unknown = JSON.parse(json);
  const key = repeatedKey(json);
  if (key === undefined) return found;
  throw new SyntaxError(`"${key}" stands there twice`);
}

function repeatedKey(json: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [text, colon] of json.matchAll(token)) {
    if (text === '{') open.push(new Set());
    else if (text === '}') open.pop();
    else if (colon !== undefined) {
      const key = String(JSON.parse(text.slice(0, -colon.length)));
      if (open.at(-1)?.has(key) === true) return key;
      open.at(-1)?.add(key);
    }
  }
  return undefined;
}
