import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';

/** Asks for secrets one at a time on the terminal without showing what is typed; reads one a line where there is none. */
export async function readSecrets(labels: readonly string[]): Promise<readonly string[]> {
  const { stdin, stderr } = process;
  const isTerminal = stdin.isTTY === true;
  const muted = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: stdin, output: isTerminal ? muted : undefined, terminal: isTerminal });
  const answers: string[] = [];
  try {
    const reader = lines[Symbol.asyncIterator]();
    for (const label of labels) {
      if (isTerminal) stderr.write(`${label}: `);
      const next = await reader.next();
      if (isTerminal) stderr.write('\n');
      if (next.done === true) break;
      answers.push(next.value.trim());
    }
  } finally {
    lines.close();
  }
  return answers;
}
