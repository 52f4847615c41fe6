import { type Logger, pino, stdSerializers } from 'pino';
import { type Redact, redactor } from '../connectors/secrets/redact.ts';
import { printableJson } from '../domain/printable-json.ts';
import { unmistakable } from './unmistakable-secrets.ts';

const secretNames = ['key', 'secret', 'token', 'password', 'authorization', 'credentials', 'secrets'];
/** Where secrets would stand in what is noted. */
const secretPaths: readonly string[] = secretNames.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

const foreseen: readonly string[] = ['StoreError', 'ShopError', 'Refusal'];
/** An error as it is noted. Trouble that was foreseen is told in a line; where it came up is for faults of ours. */
const noted =
  (hide: Redact) =>
  (error: unknown): unknown => {
    if (!(error instanceof Error)) return hiddenIn(error, hide);
    const { name, message } = error;
    return hiddenIn(
      foreseen.includes(name) ? { type: name, message } : { ...stdSerializers.err(error), type: name },
      hide,
    );
  };

/** How deep what hangs on an error is looked into. */
const maxDepth = 5;

/** A value with every text in it hidden; what is named in it stays as it is. */
function hiddenIn(value: unknown, hide: Redact, depth = 0): unknown {
  if (typeof value === 'string') return hide(value);
  if (typeof value !== 'object' || value === null || depth > maxDepth) return value;
  if (Array.isArray(value)) return value.map((one) => hiddenIn(one, hide, depth + 1));
  if (Object.getPrototypeOf(value) !== Object.prototype && depth > 0) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, hiddenIn(one, hide, depth + 1)]));
}

/** Hides what is secret by now; made anew only when that is another list. */
function latest(now: () => readonly string[], make: (secrets: readonly string[]) => Redact): Redact {
  let known = now();
  let hide = make(known);
  return (text) => {
    if (now() !== known) {
      known = now();
      hide = make(known);
    }
    return hide(text);
  };
}

/**
 * A logger whose lines, one JSON each, hold none of these secrets. Errors hold what others said: there every secret is
 * hidden, also a mere word.
 */
export function makeLogger(
  stream: { write(text: string): unknown },
  secrets: readonly string[] | (() => readonly string[]),
): Logger {
  const now = typeof secrets === 'function' ? secrets : () => secrets;
  const hide = latest(now, (known) => redactor(unmistakable(known)));
  const options = {
    redact: { paths: [...secretPaths], censor: '[hidden]' },
    serializers: { err: noted(latest(now, redactor)) },
    base: { pid: process.pid },
  };
  // What a shop wrote reaches who reads the lines in a terminal as escapes.
  return pino(options, { write: (text) => void stream.write(printableJson(hide(text))) });
}
