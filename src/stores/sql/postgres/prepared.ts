/** Statements that a connection keeps planned at most: there are some hundred in the program, each with its own text. */
const keptAtMost = 300;
/** What is planned anew each time: how common a text is decides how it is looked for; and a `*` may come to mean more columns. */
const isPlannedAnew = (text: string): boolean => /\blike\b|strpos\(|\*/.test(text.replaceAll('count(*)', ''));

/**
 * Names for the statements that are put again and again, each under the same name on every connection: planned once,
 * which takes about as long as running it. Nothing for one that has to be planned for what it asks.
 */
export function statementNames(): (text: string) => string | undefined {
  const names = new Map<string, string>();
  return (text) => {
    const known = names.get(text);
    if (known !== undefined || names.size >= keptAtMost || isPlannedAnew(text)) return known;
    const name = `bindeled_${names.size + 1}`;
    names.set(text, name);
    return name;
  };
}
