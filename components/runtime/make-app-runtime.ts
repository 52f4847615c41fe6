import type { Services } from '../../src/services/services.ts';
import type { SyncResult } from '../../src/services/sync/sync-service.ts';
import type { PaletteCommand } from '../../src/views/commands/palette.ts';
import { screenErrorLines } from '../../src/views/errors/any-error-lines.ts';
import { screenShopErrorLines } from '../../src/views/errors/screen-advice.ts';
import { formatContext } from '../../src/views/format/format-context.ts';
import { firstKeyOf, shownKey } from '../../src/views/keyboard/keymap.ts';
import { passedOverLines, pausedLine } from '../../src/views/sync/passed-over.ts';
import { runSummary, runTone } from '../../src/views/sync/run-lines.ts';
import { syncSummary } from '../../src/views/sync/sync-summary.ts';
import type { Language } from '../../src/views/words/words.ts';
import { makeKeyDispatcher } from '../terminal/key-dispatcher.ts';
import type { TerminalHost } from '../terminal/terminal-host.ts';
import type { AppRuntime } from './app-runtime.ts';
import { makeBusyTracker } from './busy-tracker.ts';
import { type Delays, standardDelays } from './delays.ts';
import { makeLiveWords } from './live-words.ts';
import { makeMessages } from './messages.ts';
import { makeSyncJobs } from './sync-jobs.ts';
import { makeTasks } from './tasks.ts';

type Parts = {
  readonly services: Services;
  /** The language to begin in. */
  readonly language: Language;
  readonly host: TerminalHost;
  /** The commands of the command line, for the palette. */
  readonly commands: readonly PaletteCommand[];
  /** Opening a card asks its shops; not where left out. */
  readonly askOnOpen?: boolean;
  /** Those for a person, where left out. */
  readonly delays?: Delays;
  readonly leave: () => void;
  readonly elapsed: () => number;
};

/** Puts together what lives as long as the program. */
export function makeAppRuntime(parts: Parts): AppRuntime {
  const { services, language, host, commands, leave, elapsed } = parts;
  const live = makeLiveWords(language);
  const words = live.now;
  const busy = makeBusyTracker();
  const messages = makeMessages(services.now);
  const keys = makeKeyDispatcher({
    readOnly: services.readOnly,
    onUnused: (key, id) => {
      const { unusedKey, unknownKey } = words().screen;
      const where = id === undefined ? unknownKey(shownKey(key)) : unusedKey[id];
      if (where !== undefined) messages.hint(id === undefined ? where : `${firstKeyOf(id)}: ${where}`);
    },
    onReadOnly: () => messages.notify(words().screen.readOnlyWhy, 'waiting'),
  });
  keys.onAnyKey(messages.endHint);

  const reportResult = (result: SyncResult): void => {
    const { screen } = words();
    const { run, trouble, busy: holder, wouldRemove, shopId } = result;
    if (trouble !== undefined) {
      const lines = screenShopErrorLines(trouble, shopId, words());
      messages.notify(`${lines.said} ${lines.advice}`, 'wrong');
    } else if (holder !== undefined) messages.notify(screen.syncBusy(shopId, holder.user), 'waiting');
    else if (wouldRemove !== undefined)
      messages.notify(`${screen.syncAsks(shopId, String(wouldRemove))}. ${screen.syncAsksWhy}`, 'wrong');
    else if (result.paused === true) messages.notify(pausedLine(shopId, words()), 'waiting');
    else if (run !== undefined)
      messages.notify(screen.syncDone(shopId.toUpperCase(), runSummary(run, words())), runTone(run));
  };
  const jobs = makeSyncJobs({
    services,
    busy,
    elapsed,
    onEnd: async (results) => {
      results.forEach(reportResult);
      // Said last: how the last shop ended tells nothing of the others.
      if (results.length > 1) {
        const { text, tone } = syncSummary(results, words());
        messages.notify(text, tone);
      }
      if (results.length === 0)
        messages.notify(passedOverLines(await services.shops.list(), words()).join(' '), 'waiting');
    },
    onError: (error) => {
      const lines = screenErrorLines(error, formatContext({ words: words(), now: services.now(), timeZone: 'UTC' }));
      messages.notify(`${lines.said} ${lines.advice}`, 'wrong');
    },
  });
  return {
    keys,
    busy,
    messages,
    jobs,
    tasks: makeTasks(busy),
    words: live,
    host,
    commands,
    askOnOpen: parts.askOnOpen === true,
    delays: parts.delays ?? standardDelays,
    leave,
    elapsed,
  };
}
