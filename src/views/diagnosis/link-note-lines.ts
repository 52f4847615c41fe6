import type { Diagnosis } from '../../domain/diagnosis/diagnosis.ts';
import { type LinkNote, needsAttention } from '../../domain/diagnosis/link-notes.ts';
import { type Gtin, shownGtin } from '../../domain/ids.ts';
import { conflictSentence } from '../conflicts/conflict-lines.ts';
import { fieldTrouble } from '../errors/shop-reason.ts';
import type { FormatContext } from '../format/format-context.ts';
import { number } from '../format/numbers.ts';
import { ago } from '../format/times.ts';
import { cleanName } from '../text/cell-text.ts';
import type { Words } from '../words/words.ts';

/** What a note is said with: the words, and names for the products of a conflict. */
export type NoteFormat = Pick<FormatContext, 'words' | 'productName'>;

/** What there is to be known of a link that stands, without its age. */
export function noteSentence(note: LinkNote, format: NoteFormat): string {
  const { words } = format;
  const said = words.domain.linkNote;
  switch (note.kind) {
    case 'not-counted':
      return said.notCounted;
    case 'not-a-unit':
      return said.notAUnit(note.shopSays);
    case 'counted-on-parent':
      return said.countedOnParent;
    case 'figure-unreadable':
      return said.figureUnreadable(note.field, note.value);
    case 'not-stocked-at-location':
      return said.notStockedAt(note.location, number(note.figure, words));
    case 'row-unreadable':
      return said.rowUnreadable(fieldTrouble(note.field, note.value, words));
    case 'cannot-be-bought':
      return said.cannotBeBought(words.domain.unbuyable[note.why], note.shopSays);
    case 'linked-by-gtin':
      return said.linkedByGtin(note.ourSku ?? words.domain.noItemNumber, note.shopSku ?? words.domain.noItemNumber);
    case 'other-gtin':
      return said.otherGtin(eanOf(note.ourGtin, words), eanOf(note.shopGtin, words));
    case 'other-item-number':
      return said.otherItemNumber(note.ourSku ?? words.domain.noItemNumber, note.shopSku ?? words.domain.noItemNumber);
    case 'in-conflict':
      return said.inConflict(conflictSentence(note.conflict, format, note.translation).replace(/\.$/, ''));
    case 'stock-differs':
      return stockSentence(note, words);
    default:
      return note satisfies never;
  }
}

const eanOf = (gtin: Gtin | undefined, words: Words): string =>
  gtin === undefined ? words.domain.noEan : shownGtin(gtin);

function stockSentence(note: Extract<LinkNote, { kind: 'stock-differs' }>, words: Words): string {
  const { stockDiffers, stockDiffersAt } = words.domain.linkNote;
  const [has, ours, why] = [number(note.shopHas, words), number(note.ours, words), words.screen.figureWhy[note.why]];
  return note.location === undefined
    ? stockDiffers(has, ours, why)
    : stockDiffersAt(cleanName(note.location), has, ours, why);
}

/** What a person does about a note; nothing where it says so itself. */
export function noteAdvice(note: LinkNote, words: Words): string {
  const next = words.domain.linkNoteNext;
  switch (note.kind) {
    case 'not-counted':
      return next.notCounted;
    case 'counted-on-parent':
      return next.countedOnParent;
    case 'figure-unreadable':
      return next.figureUnreadable;
    case 'not-a-unit':
    case 'not-stocked-at-location':
      return '';
    case 'row-unreadable':
      return next.rowUnreadable;
    case 'cannot-be-bought':
      return next.unbuyable[note.why];
    case 'linked-by-gtin':
    case 'other-gtin':
    case 'other-item-number':
      return next.otherNumber;
    case 'in-conflict':
      return words.domain.advice['open-conflict'];
    case 'stock-differs':
      return next.stockDiffers[note.why];
    default:
      return note satisfies never;
  }
}

/** What somebody has to act on stands before what only explains. */
const notesOf = (diagnosis: Diagnosis): readonly LinkNote[] => {
  const notes = diagnosis.verdict === 'not-integrated' ? [] : (diagnosis.notes ?? []);
  return [...notes.filter(needsAttention), ...notes.filter((note) => !needsAttention(note))];
};

const isStuck = (diagnosis: Diagnosis): boolean => diagnosis.verdict === 'integrated' && diagnosis.stale !== undefined;

type AgedFormat = NoteFormat & Pick<FormatContext, 'now'>;

const agedSentence = (note: LinkNote, format: AgedFormat): string => {
  const said = noteSentence(note, format);
  return note.at === undefined ? said : `${said} (${ago(note.at, format.now, format.words)})`;
};

/** Every note of a link in whole lines, each with its age. */
export const noteLines = (diagnosis: Diagnosis, format: AgedFormat): readonly string[] =>
  notesOf(diagnosis).map((note) => agedSentence(note, format));

/** The same, each with what a person does about it. */
export const noteParts = (
  diagnosis: Diagnosis,
  format: AgedFormat,
): readonly { readonly kind: LinkNote['kind']; readonly said: string; readonly advice: string }[] =>
  notesOf(diagnosis).map((note) => ({
    kind: note.kind,
    said: agedSentence(note, format),
    // Nothing can be sent to a shop that is paused or does not answer.
    advice: note.kind === 'stock-differs' && isStuck(diagnosis) ? '' : noteAdvice(note, format.words),
  }));

/** The notes of a row of a list in a few words each. */
export const noteLabels = (notes: readonly LinkNote[] | undefined, words: Words): string =>
  (notes ?? []).map(({ kind }) => words.domain.linkNoteShort[kind]).join(', ');
