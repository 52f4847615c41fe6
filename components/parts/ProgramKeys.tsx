import { useSyncExternalStore } from 'react';
import { completions } from '../../src/views/input/command-offers.ts';
import { parseCommand } from '../../src/views/input/commands.ts';
import { rootScreens } from '../../src/views/input/navigation.ts';
import type { Language } from '../../src/views/words.ts';
import { useUndo } from '../acts/use-undo.ts';
import { useBrokenPlan } from '../desk/use-broken-plan.ts';
import { useDesk } from '../desk/use-desk.ts';
import { useCommand } from '../keys/use-command.ts';
import { useKeys } from '../keys/use-keys.ts';
import { openProduct } from '../open-product.ts';
import type { Actions } from '../terminal/key-desk.ts';

type ProgramKeysProps = {
  readonly depth: number;
  readonly setLanguage: (next: (now: Language) => Language) => void;
  readonly refresh: () => void;
  readonly leave: () => void;
};

/** The keys that work on every screen, and what a scan or a paste does where no field is open. */
export function ProgramKeys({ depth, setLanguage, refresh, leave }: ProgramKeysProps) {
  const desk = useDesk();
  const { words, jobs, tasks, ask, jump, back } = desk;
  const undo = useUndo();
  useBrokenPlan();
  const shopIds = desk.shops.map((one) => one.shop.id);

  const quit = (): void => {
    if (!jobs.running() && !tasks.running()) leave();
    else askToQuit();
  };
  const askToQuit = (): void =>
    ask({
      kind: 'confirm',
      title: words.screen.quitTitle,
      lines: [{ text: words.screen.quitWhileSyncing }],
      yes: words.screen.quitYes,
      onYes: leave,
    });
  const run = useCommand({ setLanguage, undo, quit });
  const command = (): void =>
    ask({
      kind: 'prompt',
      title: words.screen.commandTitle,
      complete: (text) => completions(text, shopIds, words),
      onText: (text) => {
        const parsed = parseCommand(text, shopIds);
        if (parsed !== undefined) run(parsed);
      },
    });
  const working = useSyncExternalStore(tasks.subscribe, tasks.running);
  useKeys(
    working
      ? {
          level: 'task',
          actions: {
            back: () => {
              if (tasks.stop()) desk.messages.doing(words.screen.stopping);
            },
          },
        }
      : undefined,
  );
  const digits: Actions = Object.fromEntries(
    rootScreens.map((screen) => [screen === 'push' ? 'push-plan' : screen, () => jump({ screen })]),
  );
  useKeys({
    level: 'app',
    actions: {
      ...digits,
      ...(depth > 1 ? { back } : {}),
      leave: () => (depth > 1 ? back() : quit()),
      quit: leave,
      command,
      undo,
      help: () => desk.go({ screen: 'help' }),
      messages: () => desk.go({ screen: 'messages' }),
      language: () => setLanguage((now) => (now === 'da' ? 'en' : 'da')),
      refresh,
      redraw: () => {
        desk.outside.redraw();
        refresh();
      },
      'last-view': desk.swap,
    },
    take: (key) => {
      if (key.kind === 'key') return false;
      const text = key.text.split('\n')[0]?.trim() ?? '';
      if (text !== '') openProduct(desk, text);
      return true;
    },
  });
  return undefined;
}
