import { Box, Text } from 'ink';
import { useCallback, useMemo, useReducer, useRef, useState } from 'react';
import type { Services } from '../src/services/services.ts';
import { dashboardPalette } from '../src/views/commands/dashboard-commands.ts';
import { leadsBack, type Memory, navigationReducer, startAt, topOf } from '../src/views/navigation/navigation.ts';
import type { Route } from '../src/views/navigation/route.ts';
import type { Language } from '../src/views/words/words.ts';
import { AppContextProvider } from './context/app-context.ts';
import { type Dialog, dialogHeight } from './context/dialog.ts';
import { useClock } from './context/use-clock.ts';
import { useCreateAppContext } from './context/use-create-app-context.ts';
import { useTerminalSize } from './context/use-terminal-size.ts';
import { OpenDialog } from './dialogs/OpenDialog.tsx';
import { Footer } from './layout/Footer.tsx';
import { GlobalKeys } from './layout/GlobalKeys.tsx';
import { Header } from './layout/Header.tsx';
import { MessageBar } from './layout/MessageBar.tsx';
import { TooSmall } from './layout/TooSmall.tsx';
import type { AppRuntime } from './runtime/app-runtime.ts';
import { ScreenRouter } from './screens/ScreenRouter.tsx';
import { screens } from './screens/screen-list.ts';
import type { Theme } from './terminal/theme.ts';
import { minimumSize } from './terminal/window-size.ts';
import { WidgetTheme } from './widgets/WidgetTheme.tsx';

export type AppProps = {
  readonly services: Services;
  readonly runtime: AppRuntime;
  readonly theme: Theme;
  readonly language: Language;
  readonly timeZone: string;
  readonly start?: Route;
  /** A screen that is opened over the first one. */
  readonly opened?: Route;
};

/** Lines that the program keeps for itself: header and rule above, message and keys beneath. */
const chromeHeight = 4;

/** Which screen is open, in which language; nothing else. */
export function App({ services, runtime, theme, language: first, timeZone, start, opened }: AppProps) {
  const [navigation, navigate] = useReducer(
    navigationReducer,
    { home: start ?? { screen: 'lookup' }, opened },
    startAt,
  );
  const [language, setLanguage] = useState(first);
  const [dialog, setDialog] = useState<Dialog>();
  const dialogNow = useRef<Dialog>(undefined);
  const [refreshCount, setRefreshCount] = useState(0);
  const savedState = useRef<Memory>({});
  const size = useTerminalSize();
  const now = useClock(services, runtime.keys);
  const words = useMemo(() => runtime.words.speak(language), [runtime, language]);
  const entry = topOf(navigation);

  const palette = useMemo(() => dashboardPalette(runtime.commands, screens), [runtime]);

  const moves = useMemo(
    () => ({
      go: (route: Route) => navigate({ type: 'open', route, savedState: savedState.current }),
      jump: (route: Route) => navigate({ type: 'jump', route, savedState: savedState.current }),
      back: () => navigate({ type: 'back', savedState: savedState.current }),
      replace: (route: Route) => navigate({ type: 'replace', route }),
      swap: () => navigate({ type: 'swap', savedState: savedState.current }),
      clearMarks: () => navigate({ type: 'clear-marks' }),
      saveState: (memory: Memory) => {
        savedState.current = memory;
      },
      openDialog: (next: Dialog | undefined) => {
        dialogNow.current = next;
        setDialog(next);
      },
      dialogOpen: () => dialogNow.current !== undefined,
    }),
    [],
  );
  const title = useCallback(
    (text: string) => navigate({ type: 'title', visit: entry.visit, title: text }),
    [entry.visit],
  );
  const height = dialogHeight(dialog, size.columns);
  const viewport = { columns: size.columns, rows: size.rows - chromeHeight - height };
  const app = useCreateAppContext({
    services,
    palette,
    screens,
    runtime,
    theme,
    language,
    words,
    timeZone,
    now,
    refreshCount,
    viewport,
    entry,
    title,
    ...moves,
  });

  const windowTooSmall = size.columns < minimumSize.columns || size.rows < minimumSize.rows;
  return (
    <AppContextProvider value={app}>
      <WidgetTheme theme={theme}>
        <Box flexDirection="column" width="100%" height={size.rows} overflow="hidden">
          <GlobalKeys
            canGoBack={leadsBack(navigation)}
            canSwap={navigation.before !== undefined}
            setLanguage={setLanguage}
            refresh={() => setRefreshCount((count) => count + 1)}
            leave={runtime.leave}
          />
          {windowTooSmall ? (
            <TooSmall need={`${minimumSize.columns}x${minimumSize.rows}`} have={`${size.columns}x${size.rows}`} />
          ) : undefined}
          <Box flexDirection="column" width="100%" height={size.rows} display={windowTooSmall ? 'none' : 'flex'}>
            <Header columns={size.columns} stack={navigation.stack} />
            <Text {...theme.look('quiet')}>{theme.sign.rule.repeat(size.columns)}</Text>
            <Box flexDirection="column" height={Math.max(1, viewport.rows)} overflow="hidden" flexShrink={0}>
              <ScreenRouter key={`${entry.visit}`} route={entry.route} />
            </Box>
            {dialog === undefined ? undefined : (
              <OpenDialog dialog={dialog} columns={size.columns} close={() => moves.openDialog(undefined)} />
            )}
            <MessageBar columns={size.columns} />
            <Footer columns={size.columns} />
          </Box>
        </Box>
      </WidgetTheme>
    </AppContextProvider>
  );
}
