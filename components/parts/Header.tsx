import { Text } from 'ink';
import { useSyncExternalStore } from 'react';
import { cut, padRight, widthOf } from '../../src/views/columns.ts';
import { headerBadges } from '../../src/views/header-badges.ts';
import type { Entry } from '../../src/views/input/navigation.ts';
import { screenTitle } from '../../src/views/screen-titles.ts';
import { useDesk } from '../desk/use-desk.ts';

type HeaderProps = { readonly columns: number; readonly stack: readonly Entry[] };

/** Cells of the program's name and what parts it from the breadcrumbs. */
const nameCells = 13;

/** Where one is, and how it stands: breadcrumbs to the left; badges, readings and the shops' health to the right. */
export function Header({ columns, stack }: HeaderProps) {
  const { theme, words, language, services, jobs, shops, telling } = useDesk();
  const progress = useSyncExternalStore(jobs.subscribe, jobs.progress);
  const running = useSyncExternalStore(jobs.subscribe, jobs.running);
  const crumbs = theme.plain(
    stack.map((entry) => entry.title ?? screenTitle(entry.spot, words)).join(` ${theme.sign.crumb} `),
  );
  const badges = headerBadges(
    { shops, language, readOnly: services.readOnly, progress: running ? progress : undefined },
    { telling: telling(), room: columns - nameCells - Math.min(widthOf(crumbs), Math.floor(columns / 2)) - 2 },
  );
  const right = badges.map((badge) => theme.plain(badge.text)).join(' ');
  const room = Math.max(8, columns - widthOf(right) - nameCells - 1);
  return (
    <Text wrap="truncate">
      <Text {...theme.look('accent')}> Bindeled</Text>
      <Text {...theme.look('quiet')}>{` ${theme.sign.crumb}  `}</Text>
      <Text {...theme.look('strong')}>{padRight(cut(crumbs, room - 1), room)}</Text>
      {badges.map((badge, index) => (
        <Text key={badge.text}>
          {index === 0 ? '' : ' '}
          <Text {...theme.look(badge.tone)}>{theme.plain(badge.text)}</Text>
        </Text>
      ))}
    </Text>
  );
}
