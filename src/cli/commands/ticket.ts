import { ticket } from '../../views/triage/ticket.ts';
import { jsonDocument } from '../answers/json.ts';
import { exit } from '../exit.ts';
import { pickProduct, productsIn, tell } from '../pick.ts';
import type { CommandMaker, Session, Work } from '../session.ts';

const eventsShown = 30;

const write: Work<Session, object> = async (session, [asked = '']) => {
  const { services, out } = session;
  const product = await pickProduct(session, asked);
  const [card, events] = await Promise.all([
    services.product(product.id),
    services.timeline({ productId: product.id, limit: eventsShown }),
  ]);
  if (card === undefined) return exit.findings;
  const known = await tell(session, [product, ...(await productsIn(session, events))]);
  const text = ticket({ card, events }, known);
  if (session.format === 'json') out.data(jsonDocument('ticket', { productId: product.id, markdown: text }));
  else for (const line of text.split('\n')) out.say(line);
  return exit.ok;
};

/** `ticket`: a product's case in Markdown, to paste. */
export const addTicket: CommandMaker = (program, { words, run }) => {
  program
    .command('ticket')
    .argument('<product>', words.cli.help.product)
    .description(words.cli.help.ticket)
    .action(run(write));
};
