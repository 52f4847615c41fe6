import { openCard } from '../../../views/commands/palette.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen, productArgument } from '../../define-command.ts';
import { resolveOptionalShop, resolveProduct } from '../../resolve-arguments.ts';
import { type EventOptions, eventOptions, printEvents } from './print-events.ts';

const timeline: CommandHandler<Session, EventOptions> = async (session, [asked = ''], options) => {
  const product = await resolveProduct(session, asked);
  const shopId = await resolveOptionalShop(session, options.shop);
  return printEvents(session, { productId: product.id, shopId }, options);
};

/** `timeline`: what happened to one product. */
export const timelineCommand = defineCommand({
  name: 'timeline',
  help: 'timeline',
  arguments: [productArgument],
  options: eventOptions,
  screen: onScreen(openCard('timeline')),
  run: timeline,
  examples: ['bindeled timeline SOK-1 --since 30d'],
});
