import { useSyncExternalStore } from 'react';
import type { Entry } from '../../src/views/input/navigation.ts';
import { screenTitle } from '../../src/views/screen-titles.ts';
import { headerLine } from '../../src/views/terminal/header-line.ts';
import { useDesk } from '../desk/use-desk.ts';
import { Line } from './Line.tsx';

type HeaderProps = { readonly columns: number; readonly stack: readonly Entry[] };

/** Where one is, and how it stands. */
export function Header({ columns, stack }: HeaderProps) {
  const { theme, words, language, services, jobs, shops, telling } = useDesk();
  const progress = useSyncExternalStore(jobs.subscribe, jobs.progress);
  const running = useSyncExternalStore(jobs.subscribe, jobs.running);
  const pieces = headerLine(
    stack.map((entry) => entry.title ?? screenTitle(entry.spot, words)),
    { shops, language, readOnly: services.readOnly, progress: running ? progress : undefined },
    { telling: telling(), columns, crumb: theme.sign.crumb, plain: theme.plain },
  );
  return <Line pieces={pieces} />;
}
