import { toShopId } from '../../../domain/ids.ts';
import { Refusal } from '../../../services/dependencies/refusal.ts';
import { goTo } from '../../../views/commands/palette.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen, shopArgument } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { makeFormatContext, resolveShop } from '../../resolve-arguments.ts';
import { printShop } from './shop-details.ts';

const showShop: CommandHandler<Session, object> = async (session, [text = '']) => {
  const { id } = await resolveShop(session, text);
  const overview = (await session.services.shops.list()).find(({ shop }) => shop.id === id);
  if (overview === undefined) throw new Refusal('unknown-shop', { shop: text });
  if (session.format === 'json') session.out.data(jsonDocument('shop', { overview }));
  else printShop(session, overview, await makeFormatContext(session));
  return exit.ok;
};

/** `shops show`: one shop, all of it. */
export const shopsShowCommand = defineCommand({
  name: 'shops show',
  help: 'shopsShow',
  arguments: [shopArgument],
  screen: onScreen(({ operands: [id] }) =>
    goTo(id === undefined ? { screen: 'shops' } : { screen: 'shop', shopId: toShopId(id) }),
  ),
  run: showShop,
  examples: ['bindeled shops show dk'],
});
