import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';
import { checksum } from '../disk/checksummed-line.ts';
import { codeOf, toStoreError } from '../file-errors.ts';

/** The file beside a journal that notes how much of it was confirmed. */
export const confirmedName = (journal: string): string => `${journal}.confirmed`;

/**
 * How many bytes were confirmed to somebody, as far as noted; a net under the journal's own checksums that
 * catches an end cut off cleanly between two lines. Nought where the note itself is lost or damaged; `isForeign`: what
 * stands there is nothing that a crash leaves of a note.
 */
export function confirmedIn(confirmedPath: string): { readonly bytes: number; readonly isForeign: boolean } {
  try {
    const text = readFileSync(confirmedPath, 'latin1');
    const bytes = Number(text.slice(0, noteDigits));
    if (text === confirmedNote(bytes)) return { bytes, isForeign: false };
    // It is written in place: a power cut leaves any part of it, old, new or nought.
    return { bytes: 0, isForeign: text.length > confirmedNote(0).length || /[^\da-f \n\0]/.test(text) };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return { bytes: 0, isForeign: false };
    throw toStoreError(error, confirmedPath, 'reading');
  }
}

/** The note is only a net under what is safe already, so a note that cannot be written fails nobody's change. */
export function noteConfirmed(path: string, bytes: number): void {
  let fd: number | undefined;
  try {
    fd = openSync(path, constants.O_WRONLY | constants.O_CREAT, 0o600);
    writeSync(fd, confirmedNote(bytes), 0);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
  } finally {
    if (fd !== undefined) closeSync(fd);
  }
}
/** The note's whole text: the number and its checksum; always as long, so that it is overwritten in place. */
export function confirmedNote(bytes: number): string {
  const digits = String(bytes).padStart(noteDigits, '0');
  return `${digits} ${checksum(digits)}\n`;
}
const noteDigits = 16;
