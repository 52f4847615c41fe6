import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, productArgument, shopOption } from '../../define-command.ts';
import { type MarkOptions, putMark } from './put-mark.ts';

const untick: CommandHandler<Session, MarkOptions> = (session, operands, options) =>
  putMark('ticked')(session, operands, { ...options, off: true });

/** `untick`: takes a tick off. */
export const untickCommand = defineCommand({
  name: 'untick',
  help: 'untick',
  arguments: [productArgument],
  options: [shopOption()],
  run: untick,
  examples: ['bindeled untick SOK-1 --shop no'],
});
