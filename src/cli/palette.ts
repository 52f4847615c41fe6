import type { CompletionValues, PaletteCommand } from '../views/commands/palette.ts';
import type { CommandDefinition, OptionDefinition } from './command-context.ts';
import { optionName, shownCommands, takesValue } from './command-tree.ts';

const valuesOf =
  ({ choices, values }: Pick<OptionDefinition, 'choices' | 'values'>): CompletionValues =>
  (known) => [...(choices ?? []), ...(values?.(known) ?? [])];

/** The commands as the dashboard's palette sees them: its words, what it opens, and what may follow. */
export const paletteFrom = (commands: readonly CommandDefinition[]): readonly PaletteCommand[] =>
  shownCommands(commands).map((command) => ({
    path: command.name,
    aliases: command.aliases ?? [],
    help: ({ cli }) => cli.help[command.help],
    options: (command.options ?? [])
      .filter((option) => command.screen?.options.includes(optionName(option)) === true)
      .map((option) => ({ name: optionName(option), takesValue: takesValue(option), values: valuesOf(option) })),
    operands: (known) => (command.arguments ?? []).flatMap((argument) => valuesOf(argument)(known)),
    read: command.screen?.read,
  }));
