import { Box } from 'ink';
import { todayChoices } from '../../src/views/happenings/today-choices.ts';
import { todayLines } from '../../src/views/happenings/today-lines.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useNames } from '../desk/use-names.ts';
import { useQuery } from '../desk/use-query.ts';
import { useKeys } from '../keys/use-keys.ts';
import { EmptyNote } from './EmptyNote.tsx';
import { Lines } from './Line.tsx';
import { Trouble } from './Trouble.tsx';

/** More than a tall window can show. */
const most = 60;
const none: readonly never[] = [];

/** What stands before the first search: what needs a person today, how the shops are, what happened last. */
export function Today({ rows }: { readonly rows: number }) {
  const { services, shops, words, telling, theme, room, ask, go } = useDesk();
  const work = useQuery('today', async () => {
    const [counts, events] = await Promise.all([services.counts(), services.timeline({ limit: most })]);
    return { counts, events };
  });
  // What has to be worked out over the whole warehouse is asked for when the rest stands on the screen.
  const stands = work.value !== undefined;
  const judged = useQuery(`judged ${stands}`, async () => {
    if (!stands) return undefined;
    const [report, patterns] = await Promise.all([services.inactiveWithStock({ limit: 1 }), services.patterns()]);
    return { report, patterns };
  });
  const found = work.value;
  const openOne = (): void => {
    if (found === undefined) return;
    const choices = todayChoices({ ...found, ...judged.value, shops }, telling());
    ask({
      kind: 'menu',
      title: words.screen.today,
      choices: choices.map(({ label, note, spot }) => ({ label, note, run: () => go(spot) })),
    });
  };
  useKeys(found === undefined || shops.length === 0 ? undefined : { level: 'screen', actions: { open: openOne } });
  useNames(work.value?.events ?? none);
  const error = work.error ?? judged.error;
  if (error !== undefined) return <Trouble error={error} />;
  if (work.value === undefined) return <EmptyNote said={words.screen.reading} />;
  if (shops.length === 0 && work.value.counts.shops.length === 0) {
    return <EmptyNote said={words.screen.noShopsYet} todo={words.screen.noShopsYetTodo} />;
  }
  const lines = todayLines({ ...work.value, ...judged.value, shops }, telling(), {
    width: room.columns - 6,
    rows: rows - 1,
    ascii: theme.ascii,
  });
  return (
    <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
      <Lines lines={lines} rows={rows - 1} />
    </Box>
  );
}
