import { Box, Text } from 'ink';
import { useCallback, useMemo, useReducer, useRef, useState } from 'react';
import type { Services } from '../src/services/services.ts';
import { type Memory, navigationReducer, type Spot, startAt, topOf } from '../src/views/input/navigation.ts';
import { type Language, wordsOf } from '../src/views/words.ts';
import { useClock } from './desk/use-clock.ts';
import { DeskContext } from './desk/use-desk.ts';
import { useDeskOf } from './desk/use-desk-of.ts';
import { useSize } from './desk/use-size.ts';
import { type Dialog, dialogHeight } from './dialog.ts';
import { DialogBox } from './parts/dialogs/DialogBox.tsx';
import { FootLine } from './parts/FootLine.tsx';
import { Header } from './parts/Header.tsx';
import { MessageLine } from './parts/MessageLine.tsx';
import { ProgramKeys } from './parts/ProgramKeys.tsx';
import type { Program } from './program.ts';
import { ScreenOf } from './screens/ScreenOf.tsx';
import { smallest } from './terminal/window-size.ts';
import type { Theme } from './theme.ts';

export type AppProps = {
  readonly services: Services;
  readonly program: Program;
  readonly theme: Theme;
  readonly language: Language;
  readonly timeZone: string;
  readonly start?: Spot;
};

/** Lines that the program keeps for itself: header and rule above, message and keys beneath. */
const own = 4;

/** Which screen is open, in which language; nothing else. */
export function App({ services, program, theme, language: first, timeZone, start }: AppProps) {
  const [navigation, navigate] = useReducer(navigationReducer, start ?? { screen: 'lookup' }, startAt);
  const [language, setLanguage] = useState(first);
  const [dialog, setDialog] = useState<Dialog>();
  const [epoch, setEpoch] = useState(0);
  const leaving = useRef<Memory>({});
  const size = useSize();
  const now = useClock(services.now);
  const words = wordsOf(language);
  const entry = topOf(navigation);

  const moves = useMemo(
    () => ({
      go: (spot: Spot) => navigate({ type: 'open', spot, leaving: leaving.current }),
      jump: (spot: Spot) => navigate({ type: 'jump', spot, leaving: leaving.current }),
      back: () => navigate({ type: 'back' }),
      swap: () => navigate({ type: 'swap', leaving: leaving.current }),
      keep: (memory: Memory) => {
        leaving.current = memory;
      },
      ask: setDialog,
    }),
    [],
  );
  const title = useCallback(
    (text: string) => navigate({ type: 'title', visit: entry.visit, title: text }),
    [entry.visit],
  );
  const height = dialogHeight(dialog);
  const room = { columns: size.columns, rows: size.rows - own - height };
  const desk = useDeskOf({
    services,
    program,
    theme,
    language,
    words,
    timeZone,
    now,
    epoch,
    room,
    entry,
    title,
    ...moves,
  });

  const tooSmall = size.columns < smallest.columns || size.rows < smallest.rows;
  return (
    <DeskContext value={desk}>
      <Box flexDirection="column" width="100%" height={size.rows} overflow="hidden">
        <ProgramKeys
          depth={navigation.stack.length}
          setLanguage={setLanguage}
          refresh={() => setEpoch((count) => count + 1)}
          leave={program.leave}
        />
        {tooSmall ? (
          <Text wrap="truncate">
            {words.screen.tooSmall(`${smallest.columns}x${smallest.rows}`, `${size.columns}x${size.rows}`)}
          </Text>
        ) : undefined}
        <Box flexDirection="column" width="100%" height={size.rows} display={tooSmall ? 'none' : 'flex'}>
          <Header columns={size.columns} stack={navigation.stack} />
          <Text {...theme.look('quiet')}>{theme.sign.rule.repeat(size.columns)}</Text>
          <Box flexDirection="column" height={Math.max(1, room.rows)} overflow="hidden" flexShrink={0}>
            <ScreenOf key={`${entry.visit}`} spot={entry.spot} />
          </Box>
          {dialog === undefined ? undefined : (
            <DialogBox dialog={dialog} columns={size.columns} close={() => setDialog(undefined)} />
          )}
          <MessageLine columns={size.columns} />
          <FootLine columns={size.columns} />
        </Box>
      </Box>
    </DeskContext>
  );
}
