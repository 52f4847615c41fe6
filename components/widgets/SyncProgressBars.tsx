import { ProgressBar } from '@inkjs/ui';
import { Box, Text } from 'ink';
import { useSyncExternalStore } from 'react';
import { span } from '../../src/views/format/times.ts';
import { progressLine, shareDone } from '../../src/views/sync/run-lines.ts';
import { padLeft, padRight } from '../../src/views/text/cell-text.ts';
import { useApp } from '../context/app-context.ts';
import { useSyncDuration } from '../context/use-sync-duration.ts';

const cells = 16;

/** The readings on their way, a bar and the counts for each shop. Counts up; never spins. */
export function SyncProgressBars() {
  const { jobs, formatFor, theme, shops } = useApp();
  const progress = useSyncExternalStore(jobs.subscribe, jobs.progress);
  const duration = useSyncDuration();
  const format = formatFor();
  const wide = Math.max(4, ...shops.map((one) => one.shop.id.length));
  return progress.map((step) => {
    const share = shareDone(step);
    return (
      <Box key={step.shopId} height={1}>
        <Text {...theme.look('strong')}>{`   ${padRight(step.shopId.toUpperCase(), wide)} `}</Text>
        <Box width={cells} flexShrink={0}>
          <ProgressBar value={Math.round((share ?? 0) * 100)} />
        </Box>
        <Text wrap="truncate">
          {padLeft(share === undefined ? '' : `${Math.round(share * 100)} %`, 6)}{' '}
          {theme.plain(progressLine(step, format))}
          {step.phase === 'done' || step.phase === 'waiting' ? '' : ` · ${span(duration, format.words)}`}
        </Text>
      </Box>
    );
  });
}
