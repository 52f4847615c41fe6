import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** What keys may be long together: what goes on is no key, and may never end. */
const maxCharacters = 64 * 1024;

/** The lines that are piped in, without blanks around them and without empty ones at the end; what is over 64 K is cut off. */
export async function readLines(): Promise<readonly string[]> {
  let text = '';
  for await (const part of process.stdin.setEncoding('utf8')) {
    text += part;
    if (text.length > maxCharacters) break;
  }
  const answers = text
    .slice(0, maxCharacters)
    .split(/\r\n?|\n/)
    .map((line) => line.trim());
  while (answers.at(-1) === '') answers.pop();
  return answers;
}

/** Asks for secrets one at a time on the terminal, without showing what is typed. */
export async function readSecrets(labels: readonly string[]): Promise<readonly string[]> {
  const { stdin, stderr } = process;
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: muted, terminal: true });
  const answers: string[] = [];
  try {
    const reader = lines[Symbol.asyncIterator]();
    for (const label of labels) {
      stderr.write(`${label}: `);
      const next = await reader.next();
      stderr.write('\n');
      if (next.done === true) break;
      answers.push(next.value.trim());
    }
  } finally {
    lines.close();
  }
  return answers;
}
