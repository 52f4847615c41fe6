import { ticket } from '../../../views/diagnosis/ticket.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, productArgument } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { makeFormatContext, productsInEvents, resolveProduct } from '../../resolve-arguments.ts';

const eventsShown = 30;

const write: CommandHandler<Session, object> = async (session, [asked = '']) => {
  const { services, out } = session;
  const product = await resolveProduct(session, asked);
  const [card, events] = await Promise.all([
    services.lookup.product(product.id),
    services.history.list({ productId: product.id, limit: eventsShown }),
  ]);
  if (card === undefined) return exit.findings;
  const known = await makeFormatContext(session, [
    product,
    ...card.named,
    ...(await productsInEvents(session, events)),
  ]);
  const text = ticket({ card, events }, known);
  if (session.format === 'json') out.data(jsonDocument('ticket', { productId: product.id, markdown: text }));
  else for (const line of text.split('\n')) out.say(line);
  return exit.ok;
};

/** `ticket`: a product's case in Markdown, to paste. */
export const ticketCommand = defineCommand({
  name: 'ticket',
  help: 'ticket',
  arguments: [productArgument],
  run: write,
  examples: ['bindeled ticket SOK-1 > sag.md', 'bindeled ticket SOK-1 --lang da'],
});
