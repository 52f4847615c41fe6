import { number } from '../../../views/format/numbers.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, shopArgument, shopIds } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { resolveShop } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';

const remove: CommandHandler<Session, { readonly yes?: string }> = async (session, [text = ''], options) => {
  const { services, out, words } = session;
  const shop = await resolveShop(session, text);
  const counts = (await services.shops.list()).find((one) => one.shop.id === shop.id)?.counts;
  if (options.yes !== shop.id) {
    const links = words.domain.integrations(number(counts?.integrations ?? 0, words));
    throw new UsageError(
      words.cli.removeShopAsks(shop.name, links),
      `bindeled shops remove ${shop.id} --yes ${shop.id}`,
    );
  }
  const { linksRemoved } = await services.shops.remove(shop.id);
  if (session.format === 'json') out.data(jsonDocument('shop-removed', { shop, linksRemoved }));
  else out.say(words.cli.shopRemoved(shop.name, words.domain.integrations(number(linksRemoved, words))));
  return exit.ok;
};

/** `shops remove`: takes a shop out. */
export const shopsRemoveCommand = defineCommand({
  name: 'shops remove',
  help: 'shopsRemove',
  arguments: [shopArgument],
  options: [{ flags: '--yes <shop>', help: 'shopsRemoveYes', values: shopIds }],
  run: remove,
  examples: ['bindeled shops remove dk --yes dk'],
});
