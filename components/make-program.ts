import type { Services, SyncResult } from '../src/services/services.ts';
import { anyTroubleLines } from '../src/views/happenings/any-trouble.ts';
import { shopTroubleLines } from '../src/views/happenings/trouble-lines.ts';
import { runOutcomeWord } from '../src/views/shops/run-lines.ts';
import { telling } from '../src/views/telling.ts';
import type { Words } from '../src/views/words.ts';
import { makeBusy } from './busy.ts';
import { makeJobs } from './jobs.ts';
import { makeMessages } from './messages.ts';
import type { Program } from './program.ts';
import { makeTasks } from './tasks.ts';
import { makeKeyDesk } from './terminal/key-desk.ts';
import type { Outside } from './terminal/outside.ts';

type Parts = {
  readonly services: Services;
  /** The words of the moment: the language may change while readings are on their way. */
  readonly words: () => Words;
  readonly outside: Outside;
  readonly leave: () => void;
  readonly elapsed: () => number;
};

/** Puts together what lives as long as the program. */
export function makeProgram({ services, words, outside, leave, elapsed }: Parts): Program {
  const busy = makeBusy();
  const messages = makeMessages(services.now);
  const keys = makeKeyDesk({
    readOnly: services.readOnly,
    refuse: () => messages.say(words().screen.readOnlyWhy, 'waiting'),
  });

  const tell = (result: SyncResult): void => {
    const { screen } = words();
    const { run, trouble, busy: holder, wouldRemove, shopId } = result;
    if (trouble !== undefined) {
      const lines = shopTroubleLines(trouble, shopId, words());
      messages.say(`${lines.said} ${lines.advice}`, 'wrong');
    } else if (holder !== undefined) messages.say(screen.syncBusy(shopId, holder.user), 'waiting');
    else if (wouldRemove !== undefined)
      messages.say(`${screen.syncAsks(shopId, String(wouldRemove))}. ${screen.syncAsksWhy}`, 'wrong');
    else if (run !== undefined) messages.say(screen.syncDone(shopId, runOutcomeWord(run, words())), 'good');
  };
  const jobs = makeJobs({
    services,
    busy,
    elapsed,
    onEnd: (results) => results.forEach(tell),
    onTrouble: (error) => {
      const lines = anyTroubleLines(error, telling({ words: words(), now: services.now(), timeZone: 'UTC' }));
      messages.say(`${lines.said} ${lines.advice}`, 'wrong');
    },
  });
  return { keys, busy, messages, jobs, tasks: makeTasks(busy), outside, leave, elapsed };
}
