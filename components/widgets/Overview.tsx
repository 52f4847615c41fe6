import { Box } from 'ink';
import { attentionChoices } from '../../src/views/overview/attention-choices.ts';
import { overviewLines } from '../../src/views/overview/overview-lines.ts';
import { useApp } from '../context/app-context.ts';
import { useProductNames } from '../context/use-product-names.ts';
import { useQuery } from '../context/use-query.ts';
import { useKeys } from '../keyboard/use-keys.ts';
import { EmptyState } from './EmptyState.tsx';
import { ErrorView } from './ErrorView.tsx';
import { TextLines } from './TextLine.tsx';

/** More than a tall window can show. */
const maxEvents = 60;
const none: readonly never[] = [];

/** What stands before the first search: what needs a person today, how the shops are, what happened last. */
export function Overview({ rows }: { readonly rows: number }) {
  const { services, shops, words, formatFor, screens, viewport, openDialog, go } = useApp();
  const summary = useQuery('overview', async () => {
    const [counts, events] = await Promise.all([services.counts(), services.history.list({ limit: maxEvents })]);
    return { counts, events };
  });
  // What has to be worked out over the whole warehouse is asked for when the rest stands on the screen.
  const loaded = summary.value !== undefined;
  const analysis = useQuery(`judged ${loaded}`, async () => {
    if (!loaded) return undefined;
    const [report, patterns] = await Promise.all([services.inactive.list({ limit: 1 }), services.patterns.list()]);
    return { report, patterns };
  });
  const found = summary.value;
  const openOne = (): void => {
    if (found === undefined) return;
    const choices = attentionChoices({ ...found, ...analysis.value, shops }, formatFor());
    openDialog({
      kind: 'menu',
      title: words.screen.needsAttention,
      choices: choices.map(({ label, note, route }) => ({ label, note, run: () => go(route) })),
    });
  };
  useKeys(found === undefined || shops.length === 0 ? undefined : { level: 'screen', actions: { open: openOne } });
  useProductNames(summary.value?.events ?? none);
  const error = summary.error ?? analysis.error;
  if (error !== undefined) return <ErrorView error={error} />;
  if (summary.value === undefined) return <EmptyState said={words.screen.reading} />;
  if (shops.length === 0 && summary.value.counts.shops.length === 0) {
    return <EmptyState said={words.screen.noShopsYet} todo={words.screen.noShopsYetTodo} />;
  }
  const lines = overviewLines({ ...summary.value, ...analysis.value, shops }, formatFor(), {
    width: viewport.columns - 6,
    rows: rows - 1,
    keyOf: (name) => screens.find(({ route }) => route === name)?.key,
  });
  return (
    <Box flexDirection="column" paddingLeft={3} paddingTop={1}>
      <TextLines lines={lines} rows={rows - 1} />
    </Box>
  );
}
