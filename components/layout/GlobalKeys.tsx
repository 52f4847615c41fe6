import { useSyncExternalStore } from 'react';
import { completions } from '../../src/views/commands/command-completion.ts';
import { paletteOffers, screenNamed } from '../../src/views/commands/palette-offers.ts';
import { type Command, isCommandWord, parseCommand } from '../../src/views/commands/parse-command.ts';
import { pastedList } from '../../src/views/lookup/pasted-list.ts';
import type { Route } from '../../src/views/navigation/route.ts';
import type { Language } from '../../src/views/words/words.ts';
import { useUndo } from '../actions/use-undo.ts';
import { useApp } from '../context/app-context.ts';
import { openProduct } from '../context/open-product.ts';
import { useInterruptedPushNotice } from '../context/use-interrupted-push-notice.ts';
import { useRunCommand } from '../key-bindings/use-run-command.ts';
import { useKeys } from '../keyboard/use-keys.ts';

type GlobalKeysProps = {
  /** There is a place behind this one. */
  readonly canGoBack: boolean;
  /** There is a place before the last jump. */
  readonly canSwap: boolean;
  readonly setLanguage: (next: (now: Language) => Language) => void;
  readonly refresh: () => void;
  readonly leave: () => void;
};

/** The keys that work on every screen, and what a scan or a paste does where no field is open. */
export function GlobalKeys({ canGoBack, canSwap, setLanguage, refresh, leave }: GlobalKeysProps) {
  const app = useApp();
  const { words, jobs, tasks, openDialog, jump, back, palette } = app;
  const undo = useUndo();
  useInterruptedPushNotice();
  const shopIds = app.shops.map((one) => one.shop.id);

  const known = { shops: shopIds, platforms: app.services.shops.platforms().map(({ id }) => String(id)) };

  const quit = (): void => {
    if (!jobs.running() && !tasks.running()) leave();
    else askToQuit();
  };
  const askToQuit = (): void =>
    openDialog({
      kind: 'confirm',
      // What runs may be a push or a fetch: it is told by its own name, and what becomes of it.
      title: jobs.running() ? words.screen.quitTitle : words.screen.quitTitleOf(app.messages.progressText() ?? ''),
      lines: [{ text: jobs.running() ? words.screen.quitWhileSyncing : words.screen.stopEffect }],
      yes: words.screen.quitYes,
      onYes: leave,
    });
  const askLanguage = (): void =>
    openDialog({
      kind: 'menu',
      title: words.screen.languageTitle,
      choices: (['da', 'en'] as const).map((language) => ({
        label: words.screen.languageName[language],
        run: () => setLanguage(() => language),
      })),
    });
  const run = useRunCommand({ setLanguage, undo: undo.last, quit });
  const offers = (text: string) => completions(text, { palette, screens: app.screens, known, words });
  /** What the first offer opens: a part of a word is enough to go somewhere, never to change something. */
  const meantBy = (text: string): Command | undefined => {
    const [first] = paletteOffers(text, { palette, screens: app.screens, words });
    if (first === undefined || first.fit === 'typo') return undefined;
    const command = screenNamed(first.line, app.screens) ?? parseCommand(first.line, palette, shopIds);
    return command?.kind === 'go' ? command : undefined;
  };
  const command = (): void =>
    openDialog({
      kind: 'prompt',
      title: words.screen.commandTitle,
      complete: offers,
      isLine: (text) => isCommandWord(text.trim().split(/\s+/)[0] ?? '', palette),
      onText: (text) => {
        const parsed = screenNamed(text, app.screens) ?? parseCommand(text, palette, shopIds);
        const meant = parsed?.kind === 'unknown' ? meantBy(text) : parsed;
        if (meant !== undefined) run(meant);
        else if (parsed !== undefined) run(parsed);
      },
    });
  const goUnlessHere = (route: Route): void =>
    app.entry.route.screen === route.screen ? app.notify(words.screen.alreadyHere, 'quiet') : app.go(route);
  const showHelp = (): void =>
    goUnlessHere({ screen: 'help', from: app.entry.route.screen, here: app.keys.activeBindings().actions });
  const askToStop = (): void =>
    openDialog({
      kind: 'confirm',
      title: words.screen.stopTitle,
      lines: [{ text: words.screen.stopEffect }],
      yes: words.screen.stopYes,
      onYes: () => {
        if (tasks.stop()) app.messages.showProgress(words.screen.stopping);
      },
    });
  const taskRunning = useSyncExternalStore(tasks.subscribe, tasks.running);
  useKeys(
    taskRunning
      ? {
          level: 'task',
          actions: {
            back: askToStop,
          },
        }
      : undefined,
  );
  useKeys({
    level: 'app',
    actions: {
      ...(canGoBack ? { back } : {}),
      leave: () => (canGoBack ? back() : quit()),
      quit: leave,
      suspend: app.host.suspend,
      command,
      find: () => app.go({ screen: 'lookup', open: true }),
      undo: undo.last,
      'undo-earlier': undo.earlier,
      help: showHelp,
      messages: () => goUnlessHere({ screen: 'messages' }),
      language: askLanguage,
      refresh: () => {
        refresh();
        app.notify(words.screen.refreshed, 'quiet');
      },
      redraw: () => {
        app.host.redraw();
        refresh();
      },
      'last-view': canSwap ? app.swap : undefined,
    },
    handleKey: (key) => {
      if (key.kind === 'key') {
        const root = app.screens.find((screen) => screen.key === key.name)?.root;
        if (root !== undefined) jump(root);
        return root !== undefined;
      }
      const list = key.kind === 'paste' ? pastedList(key.text) : undefined;
      const text = key.text.split('\n')[0]?.trim() ?? '';
      if (list !== undefined) app.jump({ screen: 'products', asked: list, about: 'pasted' });
      else if (text !== '') openProduct(app, text);
      return true;
    },
  });
  return undefined;
}
