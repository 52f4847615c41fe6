import type { Command } from 'commander';
import type { Instant, ShopId } from '../domain/ids.ts';
import type { Services } from '../services/services.ts';
import type { Settings } from '../settings.ts';
import type { Language, Words } from '../views/words.ts';
import type { Output } from './answers/output.ts';
import type { ExitCode } from './exit.ts';
import type { StoreCare } from './store-care.ts';

/** How an answer is written. */
export type Format = 'text' | 'plain' | 'json' | 'csv';

/** What every command may be told. */
export type CommonOptions = {
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly csv?: boolean;
  readonly bom?: boolean;
};

/** What a command has before the store is opened. */
export type Desk = {
  readonly words: Words;
  readonly language: Language;
  readonly out: Output;
  readonly format: Format;
  readonly bom: boolean;
  readonly signal: AbortSignal;
  readonly settings: Settings;
  readonly storeCare: () => Promise<StoreCare>;
};

/** What a command works with. */
export type Session = Desk & {
  readonly services: Services;
  /** Until when a shop is waited for because it asked us to slow down. */
  readonly waitingUntil: (shop: ShopId) => Instant | undefined;
};

/** A command's work: its operands, its options, and how it ended. */
export type Work<Place, Options> = (
  session: Place,
  operands: readonly string[],
  options: Options & CommonOptions,
) => Promise<ExitCode>;

type Action = (...given: unknown[]) => Promise<void>;

/** What a command is hung up on: words for its help, and the ways to run it. */
export type Front = {
  readonly words: Words;
  /** Runs with the store open and all services at hand. */
  readonly run: <Options>(work: Work<Session, Options>) => Action;
  /** Runs without opening the store: for looking after it. */
  readonly runClosed: <Options>(work: Work<Desk, Options>) => Action;
  /** Opens the dashboard. */
  readonly openDashboard: Action;
};

/** Hangs one command, or a family of them, under the program. */
export type CommandMaker = (program: Command, front: Front) => void;
