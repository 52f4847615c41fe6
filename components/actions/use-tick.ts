import { later } from '../../src/domain/ids.ts';
import type { InactiveRow } from '../../src/domain/inactive/inactive-row.ts';
import { localDate } from '../../src/views/format/times.ts';
import { useApp } from '../context/app-context.ts';

const day = 24 * 3_600_000;
const choices = [7, 30, 90, 180];

/** Ticks rows off as looked at, with an expiry and a note, so that tomorrow's list is shorter. A second tick takes it back. */
export function useTick(): (rows: readonly InactiveRow[], onDone: () => void) => void {
  const { services, words, openDialog, perform, notify, timeZone } = useApp();

  const tick = (rows: readonly InactiveRow[], days: number, text: string, onDone: () => void): void =>
    perform(async () => {
      const until = later(services.now(), days * day);
      const note = text === '' ? undefined : text;
      await services.marks.addAll(
        rows.map(({ productId, shopId }) => ({ productId, shopId, kind: 'ticked', until, text: note })),
      );
      onDone();
      notify(words.screen.tickedUntil(String(rows.length), localDate(until, timeZone)));
    });
  const untick = (rows: readonly InactiveRow[], onDone: () => void): void =>
    perform(async () => {
      await services.marks.removeAll(rows.map(({ productId, shopId }) => ({ productId, shopId, kind: 'ticked' })));
      onDone();
      notify(words.screen.unticked(String(rows.length)));
    });
  const askNote = (rows: readonly InactiveRow[], days: number, onDone: () => void): void =>
    openDialog({
      kind: 'prompt',
      title: words.screen.tickNoteTitle,
      hint: words.screen.tickNoteHint,
      acceptsScan: true,
      onText: (text) => tick(rows, days, text.trim(), onDone),
    });
  return (rows, onDone) => {
    if (rows.length > 0 && rows.every((row) => row.tick !== undefined)) return untick(rows, onDone);
    openDialog({
      kind: 'menu',
      title: words.screen.tickTitle(String(rows.length)),
      choices: choices.map((days) => ({
        label: words.domain.days(String(days)),
        note: words.domain.until(localDate(later(services.now(), days * day), timeZone)),
        run: () => askNote(rows, days, onDone),
      })),
    });
  };
}
