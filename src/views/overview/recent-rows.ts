import type { StoredEvent } from '../../domain/event.ts';
import { type Act, actsOf } from '../../domain/history/acts.ts';
import type { FormatContext } from '../format/format-context.ts';
import { shopCode } from '../format/refs.ts';
import { age, localTime } from '../format/times.ts';
import { actId, actLine, shopsOf } from '../history/act-lines.ts';
import { eventSign } from '../history/event-columns.ts';
import { eventLine } from '../history/event-lines.ts';
import { cut, padRight } from '../text/cell-text.ts';
import type { FirstPageRow } from './first-page-row.ts';

/** Cells of an age. */
const ageCells = 8;
/** Rows of an act that are told while the cursor is on it. */
const maxEvents = 40;

/** What happened last, an act a row; syncs that brought nothing new are one row as long as nothing lies between them. */
export function recentRows(
  events: readonly StoredEvent[],
  format: FormatContext,
  width: number,
  { ofOneShop = false }: { readonly ofOneShop?: boolean } = {},
): readonly FirstPageRow[] {
  const rows: Act[][] = [];
  for (const act of actsOf(events)) {
    const last = rows.at(-1);
    if (last !== undefined && isQuiet(act) && last.every(isQuiet)) last.push(act);
    else rows.push([act]);
  }
  return rows.map((acts) => rowOf(acts, format, { width, ofOneShop }));
}

/** A sync that brought nothing new. */
const isQuiet = ({ events }: Act): boolean =>
  events.every((event) => event.type === 'run-finished' && event.run.outcome === 'unchanged');

function rowOf(
  acts: readonly Act[],
  format: FormatContext,
  { width, ofOneShop }: { readonly width: number; readonly ofOneShop: boolean },
): FirstPageRow {
  const { words, now, timeZone } = format;
  const [first] = acts;
  if (first === undefined) throw new Error('a row of the first page holds at least one act');
  const events = acts.flatMap((act) => act.events);
  const line = actLine(first, format);
  const shops = [...new Set(acts.flatMap((act) => shopsOf(act)))].map(shopCode).join(', ');
  const said =
    acts.length > 1
      ? words.firstPage.synced(shops)
      : shops === '' || ofOneShop
        ? line.sentence
        : `${shops}: ${line.sentence}`;
  return {
    id: `act ${actId(first)}`,
    section: 'recent',
    route: { screen: 'activity', act: events.map(({ seq }) => seq) },
    pieces: [
      { text: `${eventSign(line.tone)} `, tone: line.tone === 'good' ? 'quiet' : line.tone },
      { text: padRight(age(first.events[0].at, now, words), ageCells), tone: 'quiet' },
      { text: cut(said, Math.max(10, width - ageCells - 2)) },
    ],
    about: [
      { text: said, tone: 'strong' },
      { text: localTime(first.events[0].at, timeZone), tone: 'quiet' },
      ...events.slice(0, maxEvents).map((event) => ({ text: eventLine(event, format).sentence })),
    ],
  };
}
