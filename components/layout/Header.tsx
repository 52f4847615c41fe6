import { useSyncExternalStore } from 'react';
import { headerLine } from '../../src/views/layout/header-line.ts';
import { screenTitle } from '../../src/views/layout/screen-titles.ts';
import type { HistoryEntry } from '../../src/views/navigation/navigation.ts';
import { useApp } from '../context/app-context.ts';
import { useStoreTrouble } from '../context/use-store-trouble.ts';
import { TextLine } from '../widgets/TextLine.tsx';

type HeaderProps = { readonly columns: number; readonly stack: readonly HistoryEntry[] };

/** Where one is, and how it stands. */
export function Header({ columns, stack }: HeaderProps) {
  const { theme, words, services, jobs, shops, servers, formatFor } = useApp();
  const progress = useSyncExternalStore(jobs.subscribe, jobs.progress);
  const running = useSyncExternalStore(jobs.subscribe, jobs.running);
  const storeTrouble = useStoreTrouble(services);
  const pieces = headerLine(
    stack.map((entry) => entry.title ?? screenTitle(entry.route, words)),
    { shops, servers, readOnly: services.readOnly, storeTrouble, progress: running ? progress : undefined },
    { format: formatFor(), columns, crumb: theme.sign.crumb, plain: theme.plain },
  );
  return <TextLine pieces={pieces} />;
}
