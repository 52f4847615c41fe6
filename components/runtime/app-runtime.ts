import type { PaletteCommand } from '../../src/views/commands/palette.ts';
import type { KeyDispatcher } from '../terminal/key-dispatcher.ts';
import type { TerminalHost } from '../terminal/terminal-host.ts';
import type { BusyTracker } from './busy-tracker.ts';
import type { Delays } from './delays.ts';
import type { LiveWords } from './live-words.ts';
import type { Messages } from './messages.ts';
import type { SyncJobs } from './sync-jobs.ts';
import type { Tasks } from './tasks.ts';

/** What lives as long as the program, outside the frames. */
export type AppRuntime = {
  readonly keys: KeyDispatcher;
  readonly busy: BusyTracker;
  readonly messages: Messages;
  readonly jobs: SyncJobs;
  readonly tasks: Tasks;
  readonly words: LiveWords;
  readonly host: TerminalHost;
  /** The commands of the command line, as the palette sees them. */
  readonly commands: readonly PaletteCommand[];
  /** Opening a card asks its shops in the background. */
  readonly askOnOpen: boolean;
  readonly delays: Delays;
  readonly leave: () => void;
  /** Milliseconds that only ever go on, from no particular moment. */
  readonly elapsed: () => number;
};
