import { Text } from 'ink';
import { useSyncExternalStore } from 'react';
import { cut, padRight, widthOf } from '../../src/views/columns.ts';
import type { Entry } from '../../src/views/navigation.ts';
import { shareDone } from '../../src/views/run-lines.ts';
import { screenTitle } from '../../src/views/screen-titles.ts';
import type { Tone } from '../../src/views/tones.ts';
import { useDesk } from '../use-desk.ts';

type HeaderProps = { readonly columns: number; readonly stack: readonly Entry[] };

/** Where one is, and how it stands: breadcrumbs to the left; badges, readings and the shops' health to the right. */
export function Header({ columns, stack }: HeaderProps) {
  const { theme, words, services, jobs, shops } = useDesk();
  const progress = useSyncExternalStore(jobs.subscribe, jobs.progress);
  const running = useSyncExternalStore(jobs.subscribe, jobs.running);
  const badges: { readonly text: string; readonly tone: Tone }[] = [];
  if (running) {
    const shares = progress.map(shareDone).filter((share) => share !== undefined);
    const share =
      shares.length === 0 ? '' : ` ${Math.round((100 * shares.reduce((a, b) => a + b, 0)) / shares.length)} %`;
    badges.push({ text: `${words.screen.syncing}${share}`, tone: 'accent' });
  }
  if (services.readOnly) badges.push({ text: words.screen.readOnlyBadge, tone: 'waiting' });
  const ill = shops.filter((shop) => shop.health === 'trouble' || shop.health === 'no-credentials');
  const stale = shops.filter((shop) => shop.health === 'stale' || shop.interrupted);
  if (ill.length > 0) badges.push({ text: `✗ ${ill.map((one) => one.shop.id).join(' ')}`, tone: 'wrong' });
  if (stale.length > 0) badges.push({ text: `◐ ${stale.map((one) => one.shop.id).join(' ')}`, tone: 'waiting' });
  if (ill.length + stale.length === 0 && shops.length > 0) {
    badges.push({ text: `● ${words.domain.shops(String(shops.length))}`, tone: 'good' });
  }
  const right = badges.map((badge) => theme.plain(badge.text)).join('  ');
  const crumbs = stack.map((entry) => entry.title ?? screenTitle(entry.spot, words)).join(` ${theme.sign.crumb} `);
  const room = Math.max(10, columns - widthOf(right) - 14);
  return (
    <Text wrap="truncate">
      <Text {...theme.look('accent')}> Bindeled</Text>
      <Text {...theme.look('quiet')}>{`  ${theme.sign.crumb} `}</Text>
      <Text {...theme.look('strong')}>{padRight(theme.plain(cut(crumbs, room)), room)}</Text>
      {badges.map((badge, index) => (
        <Text key={badge.text}>
          {index === 0 ? '' : '  '}
          <Text {...theme.look(badge.tone)}>{theme.plain(badge.text)}</Text>
        </Text>
      ))}{' '}
    </Text>
  );
}
