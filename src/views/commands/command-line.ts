/** A typed line in parts: bare words, and what stood behind `--names`. */
export type CommandLine = {
  readonly word: string;
  readonly operands: readonly string[];
  readonly options: ReadonlyMap<string, string>;
};

/**
 * Cuts a line where the command line would: at blanks outside quotation marks; `--shop no` and `--shop=no` are one.
 * `withValue` names the options, without their dashes, that take the word after them; all others stand alone.
 */
export function readCommandLine(line: string, withValue: ReadonlySet<string>): CommandLine {
  const [word = '', ...rest] = (line.match(/"[^"]*"?|\S+/g) ?? []).map((part) => part.replaceAll('"', ''));
  const operands: string[] = [];
  const options = new Map<string, string>();
  for (let at = 0; at < rest.length; at += 1) {
    const part = rest[at] ?? '';
    const found = /^--([a-z-]+)(?:=(.*))?$/.exec(part);
    const name = found?.[1];
    if (name === undefined) operands.push(part);
    else if (found?.[2] !== undefined) options.set(name, found[2]);
    else if (withValue.has(name)) {
      at += 1;
      options.set(name, rest[at] ?? '');
    } else options.set(name, '');
  }
  return { word, operands, options };
}
