import { Box } from 'ink';
import { todayLines } from '../../src/views/today-lines.ts';
import { useDesk } from '../use-desk.ts';
import { useQuery } from '../use-query.ts';
import { EmptyNote } from './EmptyNote.tsx';
import { Lines } from './Line.tsx';
import { Trouble } from './Trouble.tsx';

/** What stands before the first search: the shops, and what needs a person today. */
export function Today({ rows }: { readonly rows: number }) {
  const { services, shops, words, telling, theme } = useDesk();
  const work = useQuery('today', async () => {
    const [counts, report, patterns] = await Promise.all([
      services.counts(),
      services.inactiveWithStock({ limit: 1 }),
      services.patterns(),
    ]);
    return { counts, report, patterns };
  });
  if (work.error !== undefined) return <Trouble error={work.error} />;
  if (work.value === undefined) return undefined;
  if (shops.length === 0 && work.value.counts.shops.length === 0) {
    return <EmptyNote said={words.screen.noShopsYet} todo={words.screen.noShopsYetTodo} />;
  }
  return (
    <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
      <Lines lines={todayLines({ ...work.value, shops }, telling(), theme.ascii)} rows={rows - 1} />
    </Box>
  );
}
