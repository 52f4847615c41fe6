import { hider, type Redact } from '../connectors/secrets/redact.ts';
import { Refusal } from '../services/dependencies/refusal.ts';
import { SettingsError } from '../settings.ts';
import type { Words } from '../views/words/words.ts';
import { type ErrorReport, errorReportOf } from './error-report.ts';
import { unmistakable } from './unmistakable-secrets.ts';

/** What of a refusal was typed or found. The rest are ids and words of ours. */
const foreign: readonly string[] = ['value', 'url', 'said', 'text', 'asked'];

/** An error with every secret hidden in what was not said by us, before a sentence is made of it. */
function maskedParts(error: unknown, hide: Redact): unknown {
  if (error instanceof Refusal) {
    const about = Object.entries(error.about).map(([name, value]) => [
      name,
      foreign.includes(name) ? hide(value) : value,
    ]);
    return new Refusal(error.kind, Object.fromEntries(about), error.problems);
  }
  if (error instanceof SettingsError)
    return new SettingsError(error.problems.map((problem) => ({ ...problem, said: hide(problem.said) })));
  return error;
}

/** What an error says to a person, without any of these secrets, and in whole sentences also where one is a word. */
export function maskedReportOf(
  error: unknown,
  secrets: readonly string[],
  { words, logFile }: { readonly words: Words; readonly logFile: string },
): ErrorReport {
  const everywhere = hider(secrets);
  const report = errorReportOf(maskedParts(error, everywhere), words, logFile);
  const { said, details, advice } = report.lines;
  const inSentences = hider(unmistakable(secrets));
  // What a bug says is nobody's sentence.
  const inDetails = report.sort === 'bug' ? everywhere : inSentences;
  return { ...report, lines: { said: inSentences(said), details: details.map(inDetails), advice } };
}
