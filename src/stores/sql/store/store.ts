import { randomUUID } from 'node:crypto';
import type { Changes } from '../../../domain/changes.ts';
import type { Store } from '../../../ports/store.ts';
import { StoreError } from '../../../ports/store-error.ts';
import { makeTroubleWatchers } from '../../tables/trouble-watchers.ts';
import { changeOf, makeWatchers } from '../../tables/watchers.ts';
import type { Engine } from '../engine.ts';
import { isEmpty } from '../is-empty.ts';
import { makeSqlReader } from '../reading/reader.ts';
import { finishTextsBeside } from '../writing/finish-texts.ts';
import { writeChanges } from '../writing/write.ts';

/** The store on a database: questions are put to it as they come, and a change is one serializable transaction. */
export function sqlStore(engine: Engine): Store {
  const { ask, dialect, place } = engine;
  const watchers = makeWatchers();
  const troubles = makeTroubleWatchers();
  const own = new Set<string>();
  let closed = false;
  let stopFollowing: (() => void) | undefined;
  /** A command that asks, answers and ends opens no connection to hear of others. */
  const follow = (): void => {
    if (closed) return;
    stopFollowing ??= engine.follow({
      onNotice: (notice) => {
        if (notice === undefined) watchers.notify();
        else if (!own.delete(notice.token)) watchers.notify(notice.change);
      },
      onTrouble: troubles.found,
    });
  };
  if (engine.followsAlways) follow();
  const stopFinishing = finishTextsBeside(engine);
  // Whoever asked meanwhile was refused, and waits for a word to ask anew.
  troubles.watch((trouble) => {
    if (trouble === undefined) watchers.notify();
  });

  const change: Store['change'] = async (decide) => {
    if (closed) throw new StoreError('missing', place, 'the store has been closed');
    const token = randomUUID();
    let made: Changes | undefined;
    const changes = await engine.transact(token, async (within) => {
      const decided = await decide(makeSqlReader({ ask: within, dialect, place }));
      made = isEmpty(decided) ? undefined : decided;
      if (made === undefined) return decided;
      if (stopFollowing !== undefined) own.add(token);
      await writeChanges({ ask: within, dialect, place, nextSeqs: engine.nextSeqs }, made);
      await engine.announce(within, { token, change: changeOf([made]) });
      return decided;
    });
    if (made !== undefined) watchers.notify(changeOf([made]));
    return changes;
  };

  return {
    ...makeSqlReader({ ask, dialect, place }),
    change,
    watch: (listener) => {
      follow();
      return watchers.watch(listener);
    },
    watchTrouble: (listener) => {
      follow();
      return troubles.watch(listener);
    },
    close: async () => {
      if (closed) return;
      closed = true;
      stopFollowing?.();
      watchers.close();
      await stopFinishing();
      await engine.close();
    },
  };
}
