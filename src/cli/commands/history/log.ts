import { goTo, shopIn } from '../../../views/commands/palette.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen } from '../../define-command.ts';
import { resolveOptionalShop } from '../../resolve-arguments.ts';
import { type EventOptions, eventOptions, printEvents } from './print-events.ts';

const log: CommandHandler<Session, EventOptions> = async (session, _operands, options) =>
  printEvents(session, { shopId: await resolveOptionalShop(session, options.shop) }, options);

/** `log`: everything that happened. */
export const logCommand = defineCommand({
  name: 'log',
  help: 'log',
  options: [{ flags: '--errors', help: 'errorsOnly' }, ...eventOptions],
  screen: onScreen(
    (line) => goTo({ screen: 'activity', errors: line.options.has('errors'), shopId: shopIn(line) }),
    ['--errors', '--shop'],
  ),
  run: log,
  examples: ['bindeled log --errors', 'bindeled log --shop no --since 2026-11-24 --csv'],
});
