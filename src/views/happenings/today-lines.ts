import type { StoredEvent } from '../../domain/event.ts';
import type { InactiveReport, Pattern, Services, ShopOverview } from '../../services/services.ts';
import { age } from '../ages.ts';
import { cut, padLeft, padRight, widthOf, wrap } from '../columns.ts';
import { keyOfAction } from '../input/keymap.ts';
import { number, roundMoney } from '../numbers.ts';
import { shopLine } from '../shops/shop-lines.ts';
import type { Telling } from '../telling.ts';
import type { Piece, Tone } from '../tones.ts';
import { patternLine } from '../triage/pattern-lines.ts';
import { eventLine } from './event-lines.ts';

export type TodayFacts = {
  readonly counts: Awaited<ReturnType<Services['counts']>>;
  /** Absent while they are being worked out. */
  readonly report?: InactiveReport;
  readonly patterns?: readonly Pattern[];
  readonly shops: readonly ShopOverview[];
  /** The newest first; as many as there is room for are told. */
  readonly events: readonly StoredEvent[];
};
type LineOf = string | readonly Piece[];
type Room = { readonly width: number; readonly rows: number };

/** So many patterns are told; the rest stand in the activity. */
const patternsTold = 3;
/** A line that tells of a shop or a task is no wider, so that the eye finds its end. */
const comfortable = 100;
/** Cells of a number of tasks, and where what it counts begins: after its sign, the number and two blanks. */
const countCells = 4;
const textFrom = 2 + countCells + 2;

/** The first page: what needs a person, with its key; how the shops are; what the warehouse holds; what happened last. */
export function todayLines(
  facts: TodayFacts,
  telling: Telling,
  room: Room & { readonly ascii: boolean },
): readonly LineOf[] {
  const { words } = telling;
  const { counts } = facts;
  const width = Math.min(room.width, comfortable);
  const lines: LineOf[] = [
    [{ text: words.screen.today, tone: 'strong' }],
    ...work(facts, telling, { ascii: room.ascii, width }),
    '',
    [
      { text: words.screen.title.shops, tone: 'strong' },
      {
        text: `  ${words.domain.products(number(counts.products, words))} · ${words.domain.integrations(number(counts.integrations, words))}`,
        tone: 'quiet',
      },
    ],
    ...shopLines(facts.shops, telling, width),
  ];
  const spare = room.rows - lines.length - 2;
  if (spare < 2 || facts.events.length === 0) return lines;
  return [
    ...lines,
    '',
    [{ text: words.screen.lately, tone: 'strong' }],
    ...facts.events.slice(0, spare).map((event) => happened(event, telling, room.width)),
  ];
}

function shopLines(shops: readonly ShopOverview[], telling: Telling, width: number): readonly LineOf[] {
  const { words } = telling;
  const told = shops.map((one) => ({ one, line: shopLine(one, telling) }));
  const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));
  const named = Math.min(24, widest(told.map(({ one }) => one.shop.name)));
  const well = widest(told.map(({ line }) => line.health));
  const links = told.map(({ one }) => `${number(one.counts.integrations, words)} ${words.screen.linked}`);
  const conflicts = told.map(({ one }) =>
    one.counts.conflicts === 0 ? '' : words.domain.conflicts(number(one.counts.conflicts, words)),
  );
  const room = width - 2 - named - 2 - well - 2 - widest(links) - 2 - widest(conflicts) - 2;
  return told.map(({ one, line }, index) => [
    { text: `${line.sign} `, tone: line.tone },
    { text: `${padRight(cut(one.shop.name, named), named)}  ` },
    { text: `${padRight(line.health, well)}  `, tone: line.tone === 'good' ? 'quiet' : line.tone },
    { text: `${padLeft(links[index] ?? '', widest(links))}  ` },
    { text: `${padRight(conflicts[index] ?? '', widest(conflicts))}  `, tone: 'waiting' },
    { text: readWhole(one, telling, room), tone: 'quiet' },
  ]);
}

/** When it was last read to the end, in as many words as there is room for. */
function readWhole(overview: ShopOverview, telling: Telling, room: number): string {
  const { words, now } = telling;
  const at = overview.state?.lastComplete?.at;
  const said = words.screen.readWhole(shopLine(overview, telling).lastComplete);
  return widthOf(said) <= room ? said : cut(at === undefined ? said : age(at, now, words), Math.max(0, room));
}

function work(
  { counts, report, patterns }: TodayFacts,
  telling: Telling,
  { ascii, width }: { readonly ascii: boolean; readonly width: number },
): readonly LineOf[] {
  const { words } = telling;
  const line = (count: number | undefined, said: string, tone: Tone, key?: string): readonly LineOf[] => {
    const room = width - textFrom - (key === undefined ? 0 : 4);
    return wrap(said, room).map((text, index) =>
      index === 0
        ? [
            count === undefined
              ? { text: '· ', tone: 'quiet' as const }
              : { text: count === 0 ? '● ' : tone === 'wrong' ? '▲ ' : '◐ ', tone: count === 0 ? 'good' : tone },
            { text: `${padLeft(count === undefined ? '…' : number(count, words), countCells)}  `, tone: 'strong' },
            { text: key === undefined ? text : padRight(text, room) },
            { text: key === undefined ? '' : `→ ${key}`, tone: 'accent' },
          ]
        : [{ text: `${' '.repeat(textFrom)}${text}` }],
    );
  };
  const inactive = words.screen.inactiveGoods(number(report?.total ?? 0, words));
  const value = report?.value.map((amount) => roundMoney(amount, words)).join(' + ') ?? '';
  return [
    ...line(
      counts.conflicts,
      words.screen.openConflicts(number(counts.conflicts, words)),
      'wrong',
      keyOfAction('conflicts', ascii),
    ),
    ...line(
      report?.total,
      value === '' ? inactive : `${inactive} (${value})`,
      'waiting',
      keyOfAction('inactive', ascii),
    ),
    ...(patterns ?? []).slice(0, patternsTold).flatMap((pattern) => {
      const told = patternLine(pattern, telling);
      return line(pattern.count, `${told.shop}: ${told.short}`, 'waiting');
    }),
  ];
}

/** One thing that happened, on one line: how long ago, where, what. */
function happened(event: StoredEvent, telling: Telling, width: number): LineOf {
  const line = eventLine(event, telling);
  const when = padRight(age(event.at, telling.now, telling.words), 8);
  const sign = line.tone === 'wrong' ? '✗ ' : line.tone === 'waiting' ? '◐ ' : '· ';
  return [
    { text: `${sign}`, tone: line.tone },
    { text: when, tone: 'quiet' },
    { text: cut(line.shop === '' ? line.sentence : `${line.shop}: ${line.sentence}`, width - 10) },
  ];
}
