import { createContext, useContext } from 'react';
import type { Product } from '../../src/domain/product.ts';
import type { Services, ShopOverview } from '../../src/services/services.ts';
import type { Entry, Memory, Spot } from '../../src/views/input/navigation.ts';
import type { Telling } from '../../src/views/telling.ts';
import type { Tone } from '../../src/views/tones.ts';
import type { Language, Words } from '../../src/views/words.ts';
import type { Busy } from '../busy.ts';
import type { Dialog } from '../dialog.ts';
import type { Jobs } from '../jobs.ts';
import type { Messages } from '../messages.ts';
import type { Tasks } from '../tasks.ts';
import type { KeyDesk } from '../terminal/key-desk.ts';
import type { Outside } from '../terminal/outside.ts';
import type { Theme } from '../theme.ts';

/** What every screen works with: the one context there is. */
export type Desk = {
  readonly services: Services;
  readonly words: Words;
  readonly language: Language;
  readonly theme: Theme;
  readonly timeZone: string;
  readonly keys: KeyDesk;
  readonly jobs: Jobs;
  readonly tasks: Tasks;
  readonly messages: Messages;
  readonly busy: Busy;
  readonly outside: Outside;
  readonly elapsed: () => number;
  readonly shops: readonly ShopOverview[];
  /** Counts up each time the person asks to read again. */
  readonly epoch: number;
  /** Cells that a screen may fill. */
  readonly room: { readonly columns: number; readonly rows: number };
  /** The visit that is shown, with what was remembered of it. */
  readonly entry: Entry;
  go(spot: Spot): void;
  jump(spot: Spot): void;
  back(): void;
  /** To where one was before the last jump. */
  swap(): void;
  /** What the breadcrumbs call this place. */
  title(text: string): void;
  /** What this screen wants to find again when one comes back. */
  keep(memory: Memory): void;
  say(text: string, tone?: Tone): void;
  ask(dialog: Dialog): void;
  /** Carries something out: trouble is told in words, never thrown at the screen. */
  act(work: () => Promise<void>): void;
  /** The same for what takes a while: it is shown as under way, and Esc asks it to stop. */
  wait(text: string, work: (signal: AbortSignal) => Promise<void>): void;
  telling(products?: readonly Product[]): Telling;
  /** Remembers what products are called, for sentences that know only their ids. */
  knows(products: readonly Product[]): void;
};

export const DeskContext = createContext<Desk | undefined>(undefined);

/** The desk this screen stands at. */
export function useDesk(): Desk {
  const desk = useContext(DeskContext);
  if (desk === undefined) throw new Error('a screen was drawn without a desk');
  return desk;
}
