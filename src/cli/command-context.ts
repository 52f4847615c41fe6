import type { Instant, ShopId } from '../domain/ids.ts';
import type { Server } from '../server/server.ts';
import type { Services } from '../services/services.ts';
import type { WebhookService } from '../services/webhooks/webhook-service.ts';
import type { Settings } from '../settings.ts';
import type { CompletionValues, HelpWord, PaletteReader } from '../views/commands/palette.ts';
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
  /** Runs the demo in a process of its own, with these options, until it is left. */
  readonly runDemo: (options: readonly string[]) => Promise<ExitCode>;
  /** Every command of this program, and its version. */
  readonly program: { readonly version: string; readonly commands: () => Promise<readonly CommandDefinition[]> };
};

/** What a command works with. */
export type Session = CommandContext & {
  readonly services: Services;
  readonly webhooks: WebhookService;
  /** Puts `bindeled serve` together; nothing listens or reads yet. */
  readonly openServer: () => Promise<Server>;
  /** Until when a shop is waited for because it asked us to slow down. */
  readonly waitingUntil: (shop: ShopId) => Instant | undefined;
};

/** A command's work: its operands, its options, and how it ended. */
export type CommandHandler<Context, Options> = (
  session: Context,
  operands: readonly string[],
  options: Options & CommonOptions,
) => Promise<ExitCode>;

/** What the parser of the command line calls, with the command last. */
export type Action = (...given: unknown[]) => Promise<void>;

/** What a command is run with: words for its help, and the ways to run it. */
export type CommandRunner = {
  readonly words: Words;
  /** Runs with the store open and all services at hand. */
  readonly run: <Options>(handler: CommandHandler<Session, Options>) => Action;
  /** Runs until it is told to stop: a signal is its proper end. */
  readonly runUntilStopped: <Options>(handler: CommandHandler<Session, Options>) => Action;
  /** Runs without opening the store: for looking after it. */
  readonly runWithoutStore: <Options>(handler: CommandHandler<CommandContext, Options>) => Action;
  /** Opens the dashboard. */
  readonly openDashboard: Action;
};

/** Makes what the parser calls. */
export type CommandAction = (runner: CommandRunner) => Action;

/** An operand: `<product>` is needed, `[product]` is not, `[shop...]` takes all that follow. */
export type ArgumentDefinition = {
  readonly name: string;
  readonly help?: HelpWord;
  /** All that may stand here. */
  readonly choices?: readonly string[];
  /** What is offered here, known only while the program runs. */
  readonly values?: CompletionValues;
};

/** An option: `--shop <id>`. */
export type OptionDefinition = {
  readonly flags: string;
  readonly help: HelpWord;
  readonly required?: boolean;
  readonly choices?: readonly string[];
  readonly values?: CompletionValues;
  readonly byDefault?: string;
  /** Its value is a whole number, this one at least. */
  readonly wholeNumberFrom?: number;
};

/** A command, declared once: help, completion, palette, the page of commands and the man page derive from it. */
export type CommandDefinition = {
  /** The words by which it is called: `find`, `shops add`. */
  readonly name: string;
  readonly aliases?: readonly string[];
  readonly help: HelpWord;
  readonly arguments?: readonly ArgumentDefinition[];
  readonly options?: readonly OptionDefinition[];
  /** How it is typed: the same in every language. */
  readonly examples: readonly string[];
  /** What its words open in the dashboard, and which of its options mean something there. */
  readonly screen?: { readonly read: PaletteReader; readonly options: readonly string[] };
  /** What its family, or the program, does when no other is named. */
  readonly isDefault?: true;
  /** It is for other programs: help and pages do not list it. */
  readonly hidden?: true;
  /** Absent in a family, which holds its members only. */
  readonly act?: CommandAction;
};
