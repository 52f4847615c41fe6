import { render } from 'ink-testing-library';
import { expect } from 'vitest';
import { App } from '../../components/App.tsx';
import { makeAppRuntime } from '../../components/runtime/make-app-runtime.ts';
import { queueKeys } from '../../components/terminal/key-queue.ts';
import { readKeys } from '../../components/terminal/key-reader.ts';
import { makeTheme, type ThemeName } from '../../components/terminal/theme.ts';
import { commands } from '../../src/cli/command-list.ts';
import { paletteFrom } from '../../src/cli/palette.ts';
import type { Services } from '../../src/services/services.ts';
import type { Route } from '../../src/views/navigation/route.ts';
import type { DrawnPicture, PictureProtocol } from '../../src/views/terminal/picture.ts';

/** A person in front of the screen: sees, presses keys, and waits until all is quiet. Never sleeps. */
export type Person = {
  /** What stands on the screen now. */
  readonly screen: () => string;
  sees(text: string | RegExp): Promise<void>;
  seesNoMore(text: string | RegExp): Promise<void>;
  /** Bytes as a terminal sends them. */
  press(...bytes: readonly string[]): Promise<void>;
  /** The same, so fast after each other that no time passes: a held key, or letters meant for what stood there before. */
  hurry(...bytes: readonly string[]): Promise<void>;
  /** So many milliseconds go by, and no key comes. */
  lapse(milliseconds: number): Promise<void>;
  /** A key at a time with a slow scanner's pauses between them, each pressed by itself. */
  slowly(...bytes: readonly string[]): Promise<void>;
  /** Presses without waiting for what it starts to end, and looks without waiting for quiet. */
  begin(bytes: string): void;
  shows(text: string | RegExp): Promise<void>;
  resize(columns: number, rows: number): Promise<void>;
  readonly copied: readonly string[];
  readonly saved: ReadonlyMap<string, string>;
  readonly left: () => boolean;
  close(): void;
};

export const keys = {
  enter: '\r',
  escape: '\u001b',
  down: '\u001b[B',
  up: '\u001b[A',
  tab: '\t',
  right: '\u001b[C',
} as const;

type Options = {
  readonly start?: Route;
  readonly language?: 'da' | 'en';
  readonly columns?: number;
  readonly rows?: number;
  /** Opening a card asks its shops. */
  readonly askOnOpen?: boolean;
  readonly theme?: ThemeName;
  /** The terminal draws pictures: those that stand on it now. */
  readonly pictures?: { readonly protocol: PictureProtocol; shown: readonly DrawnPicture[] };
};

export async function open(services: Services, options: Options = {}): Promise<Person> {
  const { start, language = 'en', columns = 100, rows = 30, askOnOpen = false, theme = 'mono', pictures } = options;
  const copied: string[] = [];
  const saved = new Map<string, string>();
  let left = false;
  let elapsed = 0;
  const waiting = new Map<object, { readonly due: number; readonly run: () => void }>();
  const after = (milliseconds: number, run: () => void): (() => void) => {
    const key = {};
    waiting.set(key, { due: elapsed + milliseconds, run });
    return () => waiting.delete(key);
  };
  /** Time goes on for the person; answers whether something was waiting for it. */
  const pass = (milliseconds: number): boolean => {
    elapsed += milliseconds;
    const due = [...waiting].filter(([, one]) => one.due <= elapsed);
    for (const [key, { run }] of due) {
      waiting.delete(key);
      run();
    }
    return due.length > 0;
  };
  const runtime = makeAppRuntime({
    services,
    language,
    host: {
      saveFile: async (name, text) => {
        saved.set(name, text);
        return `/exports/${name}`;
      },
      write: (sequence) => copied.push(sequence),
      tmux: false,
      hyperlinks: false,
      pictures: pictures && {
        protocol: () => pictures.protocol,
        cell: () => ({ width: 8, height: 16 }),
        ask: () => undefined,
        subscribe: () => () => undefined,
        unpack: async () => undefined,
        show: (next) => {
          pictures.shown = next;
        },
      },
      redraw: () => undefined,
      suspend: () => undefined,
    },
    commands: paletteFrom(commands),
    askOnOpen,
    leave: () => {
      left = true;
    },
    elapsed: () => elapsed,
    delays: { debounce: 1, storeChanges: 1, after },
  });
  const app = (
    <App
      services={services}
      runtime={runtime}
      theme={makeTheme(theme, false)}
      language={language}
      timeZone="UTC"
      start={start}
    />
  );
  /** A key that waits whether more follows is waited for, and no other time goes by; answers whether there was one. */
  const seeThrough = (): boolean => [...waiting.values()].some(({ due }) => due <= elapsed + 500) && pass(500);
  const ink = render(app);
  const reader = readKeys(
    queueKeys(runtime.keys.press, { takesText: runtime.keys.takesText, idle: runtime.busy.idle }),
    {
      inField: runtime.keys.takesText,
      onHeld: runtime.keys.setMoreComing,
    },
  );
  const screen = (): string => ink.lastFrame() ?? '';
  const quiet = (): Promise<void> => runtime.busy.idle();
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  const settle = async (): Promise<void> => {
    for (let round = 0; round < 3; round += 1) {
      await turn();
      await quiet();
    }
  };
  const resize = async (wide: number, high: number): Promise<void> => {
    Object.defineProperty(ink.stdout, 'columns', { value: wide, configurable: true });
    Object.defineProperty(ink.stdout, 'rows', { value: high, configurable: true });
    ink.stdout.emit('resize');
    await settle();
  };
  await resize(columns, rows);
  return {
    screen,
    copied,
    saved,
    left: () => left,
    resize,
    async sees(text) {
      await settle();
      await expect.poll(screen, { interval: 10 }).toMatch(text);
    },
    async seesNoMore(text) {
      await settle();
      await expect.poll(screen, { interval: 10 }).not.toMatch(text);
    },
    async hurry(...bytes) {
      for (const one of bytes) {
        reader.feed(one);
        reader.flush();
        await settle();
      }
    },
    async lapse(milliseconds) {
      pass(milliseconds);
      await settle();
    },
    async slowly(...bytes) {
      for (const one of bytes) {
        pass(400);
        reader.feed(one);
        reader.flush();
        await settle();
      }
      pass(1_000);
      await settle();
    },
    begin(bytes) {
      pass(1_000);
      reader.feed(bytes);
      reader.flush();
      // The key may stand behind another, which is drawn before it is pressed.
      void turn().then(turn).then(turn).then(seeThrough);
    },
    shows: (text) => expect.poll(screen, { interval: 10 }).toMatch(text),
    async press(...bytes) {
      for (const one of bytes) {
        // A hand is slower than the moment in which a question hears nothing.
        pass(1_000);
        reader.feed(one);
        reader.flush();
        await settle();
        // And what waited whether more would follow is done.
        if (seeThrough()) await settle();
      }
    },
    close: () => {
      reader.stop();
      ink.unmount();
    },
  };
}
