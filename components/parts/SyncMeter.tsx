import { Text } from 'ink';
import { useSyncExternalStore } from 'react';
import { span } from '../../src/views/ages.ts';
import { padLeft, padRight } from '../../src/views/columns.ts';
import { progressLine, shareDone } from '../../src/views/shops/run-lines.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useLasted } from '../desk/use-lasted.ts';

const cells = 16;

/** The readings on their way, a bar and the counts for each shop. Counts up; never spins. */
export function SyncMeter() {
  const { jobs, telling, theme, shops } = useDesk();
  const progress = useSyncExternalStore(jobs.subscribe, jobs.progress);
  const lasted = useLasted();
  const said = telling();
  const wide = Math.max(4, ...shops.map((one) => one.shop.id.length));
  return progress.map((step) => {
    const share = shareDone(step);
    const full = Math.round((share ?? 0) * cells);
    return (
      <Text key={step.shopId} wrap="truncate">
        {'   '}
        <Text {...theme.look('strong')}>{padRight(step.shopId, wide)}</Text>{' '}
        <Text {...theme.look('accent')}>{theme.sign.bar.repeat(full)}</Text>
        <Text {...theme.look('quiet')}>{theme.sign.rest.repeat(cells - full)}</Text>
        {padLeft(share === undefined ? '' : `${Math.round(share * 100)} %`, 6)} {theme.plain(progressLine(step, said))}
        {step.phase === 'done' || step.phase === 'waiting' ? '' : ` · ${span(lasted, said.words)}`}
      </Text>
    );
  });
}
