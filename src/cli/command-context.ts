import type { Command } from 'commander';
import type { Instant, ShopId } from '../domain/ids.ts';
import type { Services } from '../services/services.ts';
import type { Settings } from '../settings.ts';
import type { Language, Words } from '../views/words/words.ts';
import type { ExitCode } from './exit-codes.ts';
import type { Output } from './output/output.ts';
import type { StoreMaintenance } from './store-maintenance.ts';

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
export type CommandContext = {
  readonly words: Words;
  readonly language: Language;
  readonly out: Output;
  readonly format: Format;
  readonly bom: boolean;
  readonly signal: AbortSignal;
  readonly settings: Settings;
  readonly storeMaintenance: () => Promise<StoreMaintenance>;
};

/** What a command works with. */
export type Session = CommandContext & {
  readonly services: Services;
  /** Until when a shop is waited for because it asked us to slow down. */
  readonly waitingUntil: (shop: ShopId) => Instant | undefined;
};

/** A command's work: its operands, its options, and how it ended. */
export type CommandHandler<Context, Options> = (
  session: Context,
  operands: readonly string[],
  options: Options & CommonOptions,
) => Promise<ExitCode>;

type Action = (...given: unknown[]) => Promise<void>;

/** What a command is hung up on: words for its help, and the ways to run it. */
export type CommandRunner = {
  readonly words: Words;
  /** Runs with the store open and all services at hand. */
  readonly run: <Options>(handler: CommandHandler<Session, Options>) => Action;
  /** Runs without opening the store: for looking after it. */
  readonly runWithoutStore: <Options>(handler: CommandHandler<CommandContext, Options>) => Action;
  /** Opens the dashboard. */
  readonly openDashboard: Action;
};

/** Hangs one command, or a family of them, under the program. */
export type AddCommand = (program: Command, runner: CommandRunner) => void;
