import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';

type Options = {
  readonly serve?: boolean;
  readonly warehouse?: string;
  readonly theme?: string;
  readonly ascii?: boolean;
  readonly readOnly?: boolean;
};

const demo: CommandHandler<CommandContext, Options> = (context, _operands, options) =>
  context.runDemo([
    ...(options.serve === true ? ['--serve'] : []),
    ...(options.warehouse === undefined ? [] : ['--warehouse', options.warehouse]),
    ...(options.theme === undefined ? [] : ['--theme', options.theme]),
    ...(options.ascii === true ? ['--ascii'] : []),
    ...(options.plain === true ? ['--plain'] : []),
    ...(options.readOnly === true ? ['--read-only'] : []),
  ]);

/** `demo`: simulated shops on this machine, in a process of their own; what is kept of them is thrown away. */
export const demoCommand = defineCommand({
  name: 'demo',
  help: 'demo',
  options: [
    { flags: '--serve', help: 'demoServe' },
    { flags: '--warehouse <kind>', help: 'demoWarehouse', choices: ['peakwms', 'tryton'] },
    { flags: '--theme <theme>', help: 'theme', choices: ['auto', 'light', 'dark', 'mono'] },
    { flags: '--ascii', help: 'ascii' },
  ],
  examples: ['bindeled demo', 'bindeled demo --lang da', 'bindeled demo --warehouse peakwms', 'bindeled demo --serve'],
  runWithoutStore: demo,
});
