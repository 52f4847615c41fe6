import { createContext, useContext } from 'react';
import type { Product } from '../../src/domain/product.ts';
import type { ServerOverview } from '../../src/services/servers/server-service.ts';
import type { Services } from '../../src/services/services.ts';
import type { ShopOverview } from '../../src/services/shops/shop-service.ts';
import type { PaletteCommand } from '../../src/views/commands/palette.ts';
import type { FormatContext } from '../../src/views/format/format-context.ts';
import type { HistoryEntry, Memory } from '../../src/views/navigation/navigation.ts';
import type { Route, ScreenEntry } from '../../src/views/navigation/route.ts';
import type { Tone } from '../../src/views/text/tones.ts';
import type { Language, Words } from '../../src/views/words/words.ts';
import type { BusyTracker } from '../runtime/busy-tracker.ts';
import type { Delays } from '../runtime/delays.ts';
import type { Messages } from '../runtime/messages.ts';
import type { SyncJobs } from '../runtime/sync-jobs.ts';
import type { Tasks } from '../runtime/tasks.ts';
import type { KeyDispatcher } from '../terminal/key-dispatcher.ts';
import type { TerminalHost } from '../terminal/terminal-host.ts';
import type { Theme } from '../terminal/theme.ts';
import type { Dialog } from './dialog.ts';

/** What every screen works with: the one context there is. */
export type AppContext = {
  readonly services: Services;
  readonly words: Words;
  readonly language: Language;
  readonly theme: Theme;
  readonly timeZone: string;
  readonly keys: KeyDispatcher;
  readonly jobs: SyncJobs;
  readonly tasks: Tasks;
  readonly messages: Messages;
  readonly busy: BusyTracker;
  readonly host: TerminalHost;
  /** The commands that can be typed behind `:`. */
  readonly palette: readonly PaletteCommand[];
  /** The screens there are: their digits, and what opens them. */
  readonly screens: readonly ScreenEntry[];
  readonly elapsed: () => number;
  /** Opening a card asks its shops in the background. */
  readonly askOnOpen: boolean;
  readonly delays: Delays;
  readonly shops: readonly ShopOverview[];
  /** Who runs `bindeled serve` on this store, those that run first. */
  readonly servers: readonly ServerOverview[];
  /** Counts up each time the person asks to read again. */
  readonly refreshCount: number;
  /** Cells that a screen may fill. */
  readonly viewport: { readonly columns: number; readonly rows: number };
  /** The visit that is shown, with what was remembered of it. */
  readonly entry: HistoryEntry;
  go(route: Route): void;
  jump(route: Route): void;
  back(): void;
  /** Opens a place instead of this one: Esc then leads to where this one was opened from. */
  replace(route: Route): void;
  /** To where one was before the last jump. */
  swap(): void;
  /** What the breadcrumbs call this place. */
  title(text: string): void;
  /** What this screen wants to find again when one comes back. */
  saveState(memory: Memory): void;
  /** The act that this screen was opened for is done: what was marked for it, where it was opened from, is marked no more. */
  clearMarks(): void;
  notify(text: string, tone?: Tone, open?: () => void): void;
  openDialog(dialog: Dialog): void;
  /** Whether a question is open. */
  dialogOpen(): boolean;
  /** Carries something out: trouble is told in words, never thrown at the screen. */
  perform(work: () => Promise<void>): void;
  /** The same for what takes a while: it is shown as under way, and Esc asks it to stop. */
  runTask(text: string, work: (signal: AbortSignal) => Promise<void>): void;
  formatFor(products?: readonly Product[]): FormatContext;
  /** Remembers what products are called, for sentences that know only their ids. */
  rememberNames(products: readonly Product[]): void;
};

export const AppContextProvider = createContext<AppContext | undefined>(undefined);

/** The context of the app that a screen or widget is drawn in. */
export function useApp(): AppContext {
  const app = useContext(AppContextProvider);
  if (app === undefined) throw new Error('useApp needs an AppContextProvider above it');
  return app;
}
