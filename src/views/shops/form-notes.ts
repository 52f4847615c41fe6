import { wrap } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';
import type { TestLine } from './connection-test-lines.ts';
import { type FoundAt, foundLine } from './found-platform.ts';
import { chosenDriver, credentialLine, type FormContext, type FormLine, type FormValues } from './shop-form.ts';

type NotesInput = FormContext & {
  readonly found: FoundAt | undefined;
  readonly tested: readonly TestLine[] | undefined;
  /** Cells a line may take. */
  readonly width: number;
};

/**
 * What is said under the form: about the line with the cursor, what the address answered, what a test found; and on
 * the lines of a key which rights it needs and how one gets it in the platform's admin.
 */
export function formNotes(
  { at, lines, values }: { readonly at: number; readonly lines: readonly FormLine[]; readonly values: FormValues },
  { words, language, platforms, known, found, tested, width }: NotesInput,
): readonly (readonly Piece[])[] {
  const { form } = words.screen;
  const inTone = (text: string, tone?: Tone): readonly (readonly Piece[])[] =>
    wrap(text, width).map((part) => [{ text: part, tone }]);
  const line = lines[at];
  const driver = chosenDriver(values, platforms);
  const answered = foundLine(found, platforms, words);
  const isKey = line !== undefined && (line.id === 'form' || line.id.startsWith(credentialLine('')));
  const how = driver === undefined || !isKey ? [] : driver.howToGetKey[language];
  return [
    ...(line === undefined || line.about === '' ? [] : inTone(`${line.label}: ${line.about}`)),
    ...(answered === undefined || known !== undefined ? [] : answered.flatMap(({ text, tone }) => inTone(text, tone))),
    ...(tested ?? []).flatMap(({ text, tone }) => inTone(text, tone)),
    ...(driver === undefined || !isKey ? [] : inTone(form.rights(driver.rights[language]), 'strong')),
    ...how.flatMap((step, index) => inTone(`${index + 1}. ${step}`, 'quiet')),
    ...(tested === undefined ? inTone(`${form.testFirst} ${form.hint}`, 'quiet') : []),
  ];
}
