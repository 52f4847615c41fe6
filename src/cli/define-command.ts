import type { CompletionValues, HelpWord, PaletteReader } from '../views/commands/palette.ts';
import type { CommandAction, CommandContext, CommandDefinition, CommandHandler, Session } from './command-context.ts';

/** How a command is run: with the store open, without it, or in a way of its own; a family only holds its members. */
type Ways<Options> =
  | { readonly run: CommandHandler<Session, Options> }
  | { readonly runUntilStopped: CommandHandler<Session, Options> }
  | { readonly runWithoutStore: CommandHandler<CommandContext, Options> }
  | { readonly act: CommandAction }
  | { readonly family: true };

/** Declares a command. Its place in `command-list.ts` is the only other thing that it needs. */
export function defineCommand<Options>({
  ...declared
}: Omit<CommandDefinition, 'act'> & Ways<Options>): CommandDefinition {
  if ('run' in declared) {
    const { run, ...rest } = declared;
    return { ...rest, act: (runner) => runner.run(run) };
  }
  if ('runUntilStopped' in declared) {
    const { runUntilStopped, ...rest } = declared;
    return { ...rest, act: (runner) => runner.runUntilStopped(runUntilStopped) };
  }
  if ('runWithoutStore' in declared) {
    const { runWithoutStore, ...rest } = declared;
    return { ...rest, act: (runner) => runner.runWithoutStore(runWithoutStore) };
  }
  return declared;
}

/** A command's `screen`: what its words open in the dashboard, and which of its options mean something there. */
export const onScreen = (read: PaletteReader, options: readonly string[] = []): CommandDefinition['screen'] => ({
  read,
  options,
});

/** The ids of the shops there are. */
export const shopIds: CompletionValues = ({ shops }) => shops;
/** The ids of the platforms there are drivers for. */
export const platformIds: CompletionValues = ({ platforms }) => platforms;

/** `--shop <id>`, with what it means here. */
export const shopOption = (help: HelpWord = 'onlyShop', required = false) =>
  ({ flags: '--shop <id>', help, values: shopIds, required }) as const;

/** The options of a command that answers with a list. */
export const listOptions = [
  { flags: '--csv', help: 'csv' },
  { flags: '--bom', help: 'bom' },
] as const;

/** `<product>`: any identifier of one. */
export const productArgument = { name: '<product>', help: 'product' } as const;
/** `<shop>`: its id. */
export const shopArgument = { name: '<shop>', help: 'shop', values: shopIds } as const;
