import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** The lines that are piped in, without blanks around them and without empty ones at the end. */
export async function readLines(): Promise<readonly string[]> {
  const answers: string[] = [];
  for await (const line of createInterface({ input: process.stdin })) answers.push(line.trim());
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
