import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import type { LinkNote } from '../../domain/diagnosis/link-notes.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { ago } from '../format/times.ts';
import type { Words } from '../words/words.ts';

/** What there is to be known of a link that stands, without its age. */
export function noteSentence(note: LinkNote, words: Words): string {
  const said = words.domain.linkNote;
  switch (note.kind) {
    case 'not-counted':
      return said.notCounted;
    case 'counted-on-parent':
      return said.countedOnParent;
    case 'figure-unreadable':
      return said.figureUnreadable(note.field, note.value);
    case 'not-stocked-at-location':
      return said.notStockedAt(note.location, number(note.figure, words));
    case 'row-unreadable':
      return said.rowUnreadable(note.field, note.value);
    case 'cannot-be-bought':
      return said.cannotBeBought(words.domain.unbuyable[note.why], note.shopSays);
    case 'linked-by-gtin':
      return said.linkedByGtin(note.ourSku ?? words.domain.noItemNumber, note.shopSku ?? words.domain.noItemNumber);
    case 'other-item-number':
      return said.otherItemNumber(note.ourSku ?? words.domain.noItemNumber, note.shopSku ?? words.domain.noItemNumber);
    default:
      return note satisfies never;
  }
}

/** Every note of a link in whole lines, each with its age. */
export const noteLines = (
  diagnosis: Diagnosis,
  { words, now }: Pick<FormatContext, 'words' | 'now'>,
): readonly string[] =>
  diagnosis.verdict === 'not-integrated'
    ? []
    : (diagnosis.notes ?? []).map((note) => {
        const said = noteSentence(note, words);
        return note.at === undefined ? said : `${said} (${ago(note.at, now, words)})`;
      });

/** The notes of a row of a list in a few words each. */
export const noteLabels = (notes: readonly LinkNote[] | undefined, words: Words): string =>
  (notes ?? []).map(({ kind }) => words.domain.linkNoteShort[kind]).join(', ');
