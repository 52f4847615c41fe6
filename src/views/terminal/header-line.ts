import { cut, padRight, widthOf } from '../columns.ts';
import { type HeaderFacts, headerBadges } from '../header-badges.ts';
import type { Telling } from '../telling.ts';
import type { Piece } from '../tones.ts';

/** Cells of the program's name and what parts it from the breadcrumbs. */
const nameCells = 13;

type Place = {
  readonly telling: Telling;
  readonly columns: number;
  /** The sign between two breadcrumbs. */
  readonly crumb: string;
  /** Replaces signs that the terminal may not have. */
  readonly plain: (text: string) => string;
};

/** Where one is, and how it stands: breadcrumbs to the left; badges, readings and the shops' health to the right. */
export function headerLine(
  titles: readonly string[],
  facts: HeaderFacts,
  { telling, columns, crumb, plain }: Place,
): readonly Piece[] {
  const crumbs = plain(titles.join(` ${crumb} `));
  const badges = headerBadges(facts, {
    telling,
    room: columns - nameCells - Math.min(widthOf(crumbs), Math.floor(columns / 2)) - 2,
  }).map((badge) => ({ ...badge, text: plain(badge.text) }));
  const right = badges.map((badge) => badge.text).join(' ');
  const room = Math.max(8, columns - widthOf(right) - nameCells - 1);
  return [
    { text: ' Bindeled', tone: 'accent' },
    { text: ` ${crumb}  `, tone: 'quiet' },
    { text: padRight(cut(crumbs, room - 1), room), tone: 'strong' },
    ...badges.flatMap((badge, index) => (index === 0 ? [badge] : [{ text: ' ' }, badge])),
  ];
}
