import { later } from '../../src/domain/ids.ts';
import type { InactiveRow } from '../../src/domain/inactive/inactive-row.ts';
import { localDate } from '../../src/views/format/times.ts';
import { useApp } from '../context/app-context.ts';

const day = 24 * 3_600_000;
const choices = [7, 30, 90, 180];

/** Ticks rows off as looked at, with an expiry and a note, so that tomorrow's list is shorter. A second tick takes it back. */
export function useTick(): (rows: readonly InactiveRow[]) => void {
  const { services, words, openDialog, perform, notify, timeZone } = useApp();

  const tick = (rows: readonly InactiveRow[], days: number, text: string): void =>
    perform(async () => {
      const until = later(services.now(), days * day);
      for (const { productId, shopId } of rows) {
        await services.marks.add({ productId, shopId, kind: 'ticked', until, ...(text === '' ? {} : { text }) });
      }
      notify(words.screen.tickedUntil(String(rows.length), localDate(until, timeZone)));
    });
  const untick = (rows: readonly InactiveRow[]): void =>
    perform(async () => {
      for (const { productId, shopId } of rows) await services.marks.remove({ productId, shopId, kind: 'ticked' });
      notify(words.screen.unticked(String(rows.length)));
    });
  const askNote = (rows: readonly InactiveRow[], days: number): void =>
    openDialog({
      kind: 'prompt',
      title: words.screen.tickNoteTitle,
      hint: words.screen.tickNoteHint,
      acceptsScan: true,
      onText: (text) => tick(rows, days, text.trim()),
    });
  return (rows) => {
    if (rows.length > 0 && rows.every((row) => row.tick !== undefined)) return untick(rows);
    openDialog({
      kind: 'menu',
      title: words.screen.tickTitle(String(rows.length)),
      choices: choices.map((days) => ({
        label: words.domain.days(String(days)),
        note: words.domain.until(localDate(later(services.now(), days * day), timeZone)),
        run: () => askNote(rows, days),
      })),
    });
  };
}
