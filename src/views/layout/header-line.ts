import type { FormatContext } from '../format/format-context.ts';
import { cut, padRight, widthOf } from '../text/cell-text.ts';
import type { Piece } from '../text/tones.ts';
import { type HeaderFacts, headerBadges } from './header-badges.ts';

/** Cells of the program's name and what parts it from the breadcrumbs. */
const nameCells = 13;

type HeaderOptions = {
  readonly format: FormatContext;
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
  { format, columns, crumb, plain }: HeaderOptions,
): readonly Piece[] {
  const crumbs = plain(titles.join(` ${crumb} `));
  const badges = headerBadges(facts, {
    format,
    availableWidth: columns - nameCells - Math.min(widthOf(crumbs), Math.floor(columns / 2)) - 2,
  }).map((badge) => ({ ...badge, text: plain(badge.text) }));
  const right = badges.map((badge) => badge.text).join(' ');
  const availableWidth = Math.max(8, columns - widthOf(right) - nameCells - 1);
  return [
    { text: ' Bindeled', tone: 'accent' },
    { text: ` ${crumb}  `, tone: 'quiet' },
    { text: padRight(cut(crumbs, availableWidth - 1), availableWidth), tone: 'strong' },
    ...badges.flatMap((badge, index) => (index === 0 ? [badge] : [{ text: ' ' }, badge])),
  ];
}
