import type { NewShop } from '../../../services/shops/shop-service.ts';
import { goTo } from '../../../views/commands/palette.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen, platformIds } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { UsageError } from '../../usage-error.ts';
import { type ShopOptions, shopChanges, shopOptions } from './change-shop.ts';
import { foundPlatform } from './found-platform.ts';

const add: CommandHandler<Session, ShopOptions> = async (session, [id = '', address], options) => {
  const { services, out, words } = session;
  const typed = options.url ?? address;
  if (typed === undefined) throw new UsageError(words.cli.usage.missingArgument('address'), words.cli.tip.help);
  const known = services.shops.platforms().map((one) => String(one.id));
  if (options.platform !== undefined && !known.includes(options.platform)) {
    throw new UsageError(words.cli.usage.notAChoice(options.platform, known.join(', ')), words.cli.tip.help);
  }
  const changes = shopChanges(session, options);
  await services.shops.check({ ...changes, id });
  const found = options.platform === undefined ? await foundPlatform(session, typed) : undefined;
  const platform = options.platform ?? found?.platform ?? '';
  const wanted: NewShop = { ...changes, id, platform, url: found?.url ?? typed };
  const shop = await services.shops.add(wanted);
  const overview = (await services.shops.list()).find((one) => one.shop.id === shop.id);
  if (session.format === 'json') {
    out.data(jsonDocument('shop-added', { shop, credentialNames: overview?.credentialNames ?? [] }));
    return exit.ok;
  }
  out.say(words.cli.shopAdded(shop.name, shop.url));
  const names = overview?.credentialNames.join(', ') ?? '';
  if (overview?.hasCredentials === true) out.note(words.cli.tip.testShop(shop.id));
  else out.note(words.cli.tip.giveKey(names, shop.id));
  return exit.ok;
};

/** `shops add`: sets a shop up. */
export const shopsAddCommand = defineCommand({
  name: 'shops add',
  help: 'shopsAdd',
  arguments: [
    { name: '<id>', help: 'newShop' },
    { name: '[address]', help: 'url' },
  ],
  options: [{ flags: '--platform <platform>', help: 'platform', values: platformIds }, ...shopOptions],
  screen: onScreen(() => goTo({ screen: 'shop-form' })),
  run: add,
  examples: [
    'bindeled shops add dk --platform woocommerce --url https://shop.example --country DK',
    'bindeled shops add se --platform shopify --url https://nordlys.myshopify.com --country SE',
  ],
});
