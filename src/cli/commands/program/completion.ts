import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { completionTree } from '../../completion/completion-tree.ts';
import { shellScripts } from '../../completion/shell-scripts.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';

const write: CommandHandler<CommandContext, object> = async ({ out, program, format }, [shell]) => {
  const script = Object.entries(shellScripts).find(([name]) => name === shell)?.[1];
  const text = script?.(completionTree(await program.commands())) ?? '';
  out.data(format === 'json' ? jsonDocument('completion', { shell, script: text }) : text);
  return exit.ok;
};

/** `completion`: a script for the shell, made from the list of commands. */
export const completionCommand = defineCommand({
  name: 'completion',
  help: 'completion',
  arguments: [{ name: '<shell>', help: 'shell', choices: Object.keys(shellScripts) }],
  examples: ['source <(bindeled completion bash)', 'bindeled completion fish | source'],
  runWithoutStore: write,
});
