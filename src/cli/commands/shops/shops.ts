import { type Command, Option } from 'commander';
import type { NewShop, ShopChange } from '../../../services/shops/shop-service.ts';
import { number } from '../../../views/format/numbers.ts';
import type { AddCommand, CommandHandler, CommandRunner, Session } from '../../command-context.ts';
import { exit } from '../../exit-codes.ts';
import { listOptions } from '../../options.ts';
import { jsonDocument } from '../../output/json.ts';
import { resolveShop } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';
import { foundPlatform } from '../found-platform.ts';
import { keepKey } from '../shop-key.ts';
import { listShops, showShop } from './list-shops.ts';
import { printTestResult } from './test-output.ts';

type ShopOptions = {
  readonly platform?: string;
  readonly url?: string;
  readonly name?: string;
  readonly country?: string;
  readonly owner?: string;
  readonly skuPostfix?: string;
  readonly negative?: 'send' | 'hold-at-zero';
  readonly ca?: string;
  readonly option?: readonly string[];
  readonly acceptIdentity?: string;
};

const optionPairs = (session: Session, given: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    given.map((text) => {
      const at = text.indexOf('=');
      if (at < 1) throw new UsageError(session.words.cli.usage.invalidArgument(text), '--option name=value');
      return [text.slice(0, at), text.slice(at + 1)];
    }),
  );

const changesOf = (session: Session, options: Partial<ShopOptions>): ShopChange => ({
  ...(options.url === undefined ? {} : { url: options.url }),
  ...(options.name === undefined ? {} : { name: options.name }),
  ...(options.country === undefined ? {} : { country: options.country }),
  ...(options.owner === undefined ? {} : { owner: options.owner }),
  ...(options.skuPostfix === undefined ? {} : { skuPostfix: options.skuPostfix }),
  ...(options.negative === undefined ? {} : { negative: options.negative }),
  ...(options.ca === undefined ? {} : { caFile: options.ca }),
  ...(options.acceptIdentity === undefined ? {} : { acceptIdentity: options.acceptIdentity }),
  ...(options.option === undefined ? {} : { options: optionPairs(session, options.option) }),
});

const add: CommandHandler<Session, ShopOptions> = async (session, [id = '', address], options) => {
  const { services, out, words } = session;
  const typed = options.url ?? address;
  if (typed === undefined) throw new UsageError(words.cli.usage.missingArgument('address'), words.cli.tip.help);
  const known = services.shops.platforms().map((one) => String(one.id));
  if (options.platform !== undefined && !known.includes(options.platform)) {
    throw new UsageError(words.cli.usage.notAChoice(options.platform, known.join(', ')), words.cli.tip.help);
  }
  const found = options.platform === undefined ? await foundPlatform(session, typed) : undefined;
  const platform = options.platform ?? found?.platform ?? '';
  const wanted: NewShop = { ...changesOf(session, options), id, platform, url: found?.url ?? typed };
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

const test: CommandHandler<Session, object> = async (session, [text = '']) => {
  const shop = await resolveShop(session, text);
  return printTestResult(session, shop.name, await session.services.shops.test(shop.id, undefined, session.signal));
};

const change =
  (fixed: ShopChange): CommandHandler<Session, Partial<ShopOptions>> =>
  async (session, [text = ''], options) => {
    const { services, out, words } = session;
    const before = await resolveShop(session, text);
    const asked = { ...changesOf(session, options), ...fixed };
    if (Object.keys(asked).length === 0)
      throw new UsageError(words.cli.usage.nothingToChange, 'bindeled shops change --help');
    const shop = await services.shops.change(before.id, asked);
    const said = words.domain.event;
    if (session.format === 'json') out.data(jsonDocument('shop-changed', { before, shop }));
    else if (fixed.paused === undefined) out.say(said.shopChanged(shop.name, Object.keys(asked).join(', ')));
    else out.say(fixed.paused ? said.shopPaused(shop.name) : said.shopResumed(shop.name));
    return exit.ok;
  };

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

const describe = (command: Command, { words }: CommandRunner, isNew: boolean): Command => {
  const said = words.cli.help;
  if (isNew) command.option('--platform <platform>', said.platform);
  else command.option('--accept-identity <name>', said.acceptIdentity);
  return command
    .option('--url <address>', said.url)
    .option('--name <name>', said.shopName)
    .option('--country <code>', said.country)
    .option('--owner <name>', said.owner)
    .option('--sku-postfix <text>', said.skuPostfix)
    .addOption(new Option('--negative <how>', said.negative).choices(['send', 'hold-at-zero']))
    .option('--ca <file>', said.ca)
    .option('--option <name=value...>', said.platformOption);
};

/** `shops`: the webshops, their health and their keys. */
export const addShops: AddCommand = (program, runner) => {
  const { words, run } = runner;
  const said = words.cli.help;
  const shops = program.command('shops').description(said.shops);
  const one = (name: string, text: string): Command =>
    shops.command(name).argument('<shop>', said.shop).description(text);
  const added = shops
    .command('add')
    .argument('<id>', said.newShop)
    .argument('[address]', said.url)
    .description(said.shopsAdd);
  describe(added, runner, true).action(run(add));
  listOptions(shops.command('list', { isDefault: true }).description(said.shopsList), words).action(run(listShops));
  one('show', said.shopsShow).action(run(showShop));
  one('test', said.shopsTest).action(run(test));
  one('key', said.shopsKey).option('--form <form>', said.credentialForm).action(run(keepKey));
  describe(one('change', said.shopsChange), runner, false).action(run(change({})));
  one('pause', said.shopsPause).action(run(change({ paused: true })));
  one('resume', said.shopsResume).action(run(change({ paused: false })));
  one('remove', said.shopsRemove).option('--yes <shop>', said.shopsRemoveYes).action(run(remove));
};
