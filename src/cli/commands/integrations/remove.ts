import { shortName } from '../../../views/format/format-context.ts';
import { formatRef } from '../../../views/format/refs.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, productArgument, shopOption } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { resolveProduct, resolveShop } from '../../resolve-arguments.ts';

const remove: CommandHandler<Session, { readonly shop: string; readonly reason: string }> = async (
  session,
  [asked = ''],
  options,
) => {
  const { services, out, words } = session;
  const product = await resolveProduct(session, asked);
  const shop = await resolveShop(session, options.shop);
  const tombstone = await services.integrations.remove(product.id, shop.id, options.reason);
  if (session.format === 'json') {
    out.data(jsonDocument('removed', { tombstone }));
    return exit.ok;
  }
  out.say(words.cli.removed(shortName(product, words), `${shop.name} ${formatRef(tombstone.integration.ref)}`));
  out.say([{ text: words.cli.removedEffect(shop.name), tone: 'quiet' }]);
  return exit.ok;
};

/** `remove`: takes a link away by hand. */
export const removeCommand = defineCommand({
  name: 'remove',
  help: 'remove',
  arguments: [productArgument],
  options: [shopOption('ofShop', true), { flags: '--reason <text>', help: 'reason', required: true }],
  run: remove,
  examples: ['bindeled remove SOK-1 --shop no --reason "sælges ikke i Norge"'],
});
