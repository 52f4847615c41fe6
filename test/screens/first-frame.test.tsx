import { render } from 'ink-testing-library';
import { expect, test, vi } from 'vitest';
import { App } from '../../components/App.tsx';
import { makeAppRuntime } from '../../components/runtime/make-app-runtime.ts';
import { firstFrame } from '../../components/terminal/first-frame.ts';
import { makeTheme } from '../../components/terminal/theme.ts';
import type { Services } from '../../src/services/services.ts';
import { makeScreenBuffer } from '../../src/views/terminal/screen-buffer.ts';
import { nordlys } from '../support/nordlys-shops.ts';

// Whole screens are drawn, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

const never = (): Promise<never> => new Promise(() => undefined);
const trimmed = (lines: readonly string[]): string =>
  lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();
const drawn = (text: string, columns: number, rows: number): string => {
  const paper = makeScreenBuffer(columns, rows);
  paper.write(text);
  return trimmed(paper.grid().map((row) => row.map((cell) => cell.text).join('')));
};

test.each([
  ['en', 100, 30, false],
  ['da', 80, 24, true],
  ['da', 200, 60, false],
  ['en', 60, 15, false],
  ['da', 59, 15, false],
] as const)('the frame before the store is opened is the first that the dashboard draws (%s, %i x %i, ascii %s)', async (language, columns, rows, ascii) => {
  const { services } = await nordlys();
  const unread: Services = {
    ...services,
    shops: { ...services.shops, list: never },
    counts: never,
    history: { ...services.history, list: never },
    push: { ...services.push, interruptedPlan: never },
  };
  const runtime = makeAppRuntime({
    services: unread,
    language,
    host: {
      saveFile: never,
      write: () => undefined,
      tmux: false,
      hyperlinks: false,
      redraw: () => undefined,
      suspend: () => undefined,
    },
    commands: [],
    leave: () => undefined,
    elapsed: () => 0,
  });
  const ink = render(
    <App services={unread} runtime={runtime} theme={makeTheme('mono', ascii)} language={language} timeZone="UTC" />,
  );
  try {
    Object.defineProperty(ink.stdout, 'columns', { value: columns, configurable: true });
    Object.defineProperty(ink.stdout, 'rows', { value: rows, configurable: true });
    ink.stdout.emit('resize');
    const look = { language, theme: 'mono', ascii, readOnly: false } as const;
    const first = drawn(firstFrame(look, { columns, rows }), columns, rows);
    await expect.poll(() => trimmed((ink.lastFrame() ?? '').split('\n'))).toBe(first);
  } finally {
    ink.unmount();
  }
});
