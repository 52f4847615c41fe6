import type { Shop } from '../../src/domain/shop.ts';
import { useApp } from '../context/app-context.ts';

/** Asks how to read the shops, and starts it; the person may go on working meanwhile. */
export function useSync(): (shops: readonly Shop[]) => void {
  const { words, openDialog, jobs, notify, shops: all } = useApp();
  return (shops) => {
    if (jobs.running()) {
      return openDialog({
        kind: 'menu',
        title: words.screen.syncRunning,
        choices: [
          { label: words.screen.goOn, run: () => undefined },
          {
            label: words.screen.stopSync,
            note: words.screen.stopSyncNote,
            run: () => {
              jobs.cancel();
              notify(words.screen.stopping, 'quiet');
            },
          },
        ],
      });
    }
    const held = jobs.results().find((result) => result.wouldRemove !== undefined);
    const count = String(held?.wouldRemove ?? '');
    // A reading that was stopped because too many links would vanish goes on only with their exact number.
    const accept = (): void =>
      openDialog({
        kind: 'confirm',
        title: words.screen.syncAsks(held?.shopId ?? '', count),
        lines: [{ text: words.screen.syncAsksWhy, tone: 'waiting' }],
        yes: words.screen.syncAccept,
        questions: [{ label: words.screen.typeToConfirm(count), answer: count }],
        onYes: () => {
          if (held !== undefined) jobs.sync({ shopIds: [held.shopId], full: true, acceptRemovals: held.wouldRemove });
        },
      });
    const shopIds = shops.map((shop) => shop.id);
    const names = shops.map((shop) => shop.id).join(', ');
    openDialog({
      kind: 'menu',
      title: words.screen.syncTitle,
      choices: [
        ...(held === undefined
          ? []
          : [{ label: words.screen.syncAsks(held.shopId, count), note: words.screen.syncAccept, run: accept }]),
        { label: words.screen.syncThese(names), note: words.screen.syncChanges, run: () => jobs.sync({ shopIds }) },
        {
          label: words.screen.syncTheseFull(names),
          note: words.screen.syncFull,
          run: () => jobs.sync({ shopIds, full: true }),
        },
        { label: words.screen.syncAll(String(all.length)), note: words.screen.syncChanges, run: () => jobs.sync({}) },
        {
          label: words.screen.syncAllFull(String(all.length)),
          note: words.screen.syncFull,
          run: () => jobs.sync({ full: true }),
        },
      ],
    });
  };
}
