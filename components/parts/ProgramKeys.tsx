import type { Services } from '../../src/services/services.ts';
import { type Command, completions, parseCommand } from '../../src/views/commands.ts';
import { keyOfAction } from '../../src/views/keymap.ts';
import { rootScreens } from '../../src/views/navigation.ts';
import type { Language } from '../../src/views/words.ts';
import type { Actions } from '../key-desk.ts';
import { type Desk, useDesk } from '../use-desk.ts';
import { useFetch } from '../use-fetch.ts';
import { useKeys } from '../use-keys.ts';
import { useUndo } from '../use-undo.ts';

type ProgramKeysProps = {
  readonly depth: number;
  readonly setLanguage: (next: (now: Language) => Language) => void;
  readonly refresh: () => void;
  readonly leave: () => void;
};

/** The keys that work on every screen, and what a scan or a paste does where no field is open. */
export function ProgramKeys({ depth, setLanguage, refresh, leave }: ProgramKeysProps) {
  const desk = useDesk();
  const { words, jobs, ask, jump, back, services } = desk;
  const undo = useUndo();
  const fetch = useFetch();

  const quit = (): void => {
    if (!jobs.running()) leave();
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
  const unlessReadOnly = (doing: () => void): void => (services.readOnly ? refuseReadOnly(desk) : doing());
  const run = (command: Command): void => {
    if (command.kind === 'go') jump(command.spot);
    else if (command.kind === 'product') openProduct(desk, command.asked, command.tab);
    else if (command.kind === 'sync') unlessReadOnly(() => jobs.sync(command));
    else if (command.kind === 'fetch') unlessReadOnly(() => fetch(command.asked));
    else if (command.kind === 'language') setLanguage(() => command.language);
    else if (command.kind === 'undo') unlessReadOnly(undo);
    else if (command.kind === 'quit') quit();
    else desk.say(words.screen.unknownCommand(command.word), 'waiting');
  };
  const command = (): void =>
    ask({
      kind: 'prompt',
      title: words.screen.commandTitle,
      hint: words.screen.commandHint(keyOfAction('next-tab')),
      complete: (text) =>
        completions(
          text,
          desk.shops.map((one) => one.shop.id),
        ),
      onText: (text) => {
        const parsed = parseCommand(text);
        if (parsed !== undefined) run(parsed);
      },
    });
  const digits: Actions = Object.fromEntries(
    rootScreens.map((screen) => [screen === 'push' ? 'push-plan' : screen, () => jump({ screen })]),
  );
  useKeys({
    level: 'app',
    actions: {
      ...digits,
      back: () => (depth > 1 ? back() : undefined),
      leave: () => (depth > 1 ? back() : quit()),
      quit: leave,
      command,
      undo,
      help: () => desk.go({ screen: 'help' }),
      messages: () => desk.go({ screen: 'messages' }),
      language: () => setLanguage((now) => (now === 'da' ? 'en' : 'da')),
      refresh,
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

/** Opens the one product that a text names; several or none become a lookup. */
export function openProduct(desk: Desk, asked: string, tab?: 'why' | 'timeline'): void {
  desk.act(async () => {
    const [product, ...more]: Awaited<ReturnType<Services['identify']>> = await desk.services.identify(asked);
    if (product !== undefined && more.length === 0) desk.go({ screen: 'product', productId: product.id, tab });
    else desk.jump({ screen: 'lookup', text: asked });
  });
}

export const refuseReadOnly = (desk: Desk): void => desk.say(desk.words.screen.readOnlyWhy, 'waiting');
