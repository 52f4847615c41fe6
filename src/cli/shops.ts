import type { Command } from 'commander';
import { Option } from 'commander';
import { platforms } from '../domain/shop.ts';
import { type NewShop, Refusal, type ShopChange, type ShopOverview, type TestResult } from '../services/services.ts';
import { span } from '../views/ages.ts';
import { number } from '../views/numbers.ts';
import { permissionLine, shopLine, warningSentence } from '../views/shop-lines.ts';
import type { Telling } from '../views/telling.ts';
import { shopTroubleLines } from '../views/trouble-lines.ts';
import { type ExitCode, exit } from './exit.ts';
import { jsonDocument } from './json.ts';
import { answerList, type ListColumn, printFacts } from './list.ts';
import { listOptions } from './options.ts';
import { pickShop, tell } from './pick.ts';
import { printTrouble } from './print-trouble.ts';
import { readSecrets } from './read-secret.ts';
import type { CommandMaker, Front, Session, Work } from './session.ts';
import { printShop } from './show-shop.ts';
import { UsageError } from './usage-error.ts';

const columns = (telling: Telling): readonly ListColumn<ShopOverview>[] => {
  const { words } = telling;
  const { title } = words.cli;
  const line = (overview: ShopOverview) => shopLine(overview, telling);
  const figure = (value: number): string => number(value, words);
  return [
    {
      id: 'sign',
      title: ' ',
      rank: 0,
      min: 1,
      max: 1,
      text: (shop) => line(shop).sign,
      tone: (shop) => line(shop).tone,
    },
    { id: 'id', title: title.id, rank: 0, min: 2, max: 14, text: ({ shop }) => shop.id },
    { id: 'name', title: title.name, rank: 2, min: 6, max: 24, text: ({ shop }) => shop.name },
    { id: 'platform', title: title.platform, rank: 4, min: 7, max: 12, text: ({ shop }) => shop.platform },
    {
      id: 'health',
      title: title.health,
      rank: 0,
      min: 6,
      max: 20,
      text: (shop) => line(shop).health,
      tone: (shop) => line(shop).tone,
    },
    {
      id: 'links',
      title: title.integrations,
      rank: 1,
      min: 5,
      max: 9,
      align: 'right',
      text: ({ counts }) => figure(counts.integrations),
      value: ({ counts }) => counts.integrations,
    },
    {
      id: 'conflicts',
      title: title.conflicts,
      rank: 3,
      min: 5,
      max: 9,
      align: 'right',
      text: ({ counts }) => figure(counts.conflicts),
      value: ({ counts }) => counts.conflicts,
    },
    { id: 'complete', title: title.complete, rank: 3, min: 8, max: 20, text: (shop) => line(shop).lastComplete },
    { id: 'run', title: title.lastRun, rank: 5, min: 12, text: (shop) => line(shop).lastRun },
  ];
};

const list: Work<Session, object> = async (session) => {
  const shops = await session.services.shops();
  await answerList(session, {
    kind: 'shops',
    columns: columns(await tell(session)),
    rows: shops,
    content: { shops },
    empty: session.words.cli.tip.noShops,
  });
  return exit.ok;
};

const show: Work<Session, object> = async (session, [text = '']) => {
  const { id } = await pickShop(session, text);
  const overview = (await session.services.shops()).find(({ shop }) => shop.id === id);
  if (overview === undefined) throw new Refusal('unknown-shop', { shop: text });
  if (session.format === 'json') session.out.data(jsonDocument('shop', { overview }));
  else printShop(session, overview, await tell(session));
  return exit.ok;
};

type ShopOptions = {
  readonly platform: string;
  readonly url: string;
  readonly name?: string;
  readonly country?: string;
  readonly owner?: string;
  readonly skuPostfix?: string;
  readonly negative?: 'send' | 'hold-at-zero';
  readonly ca?: string;
  readonly option?: readonly string[];
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
  ...(options.option === undefined ? {} : { options: optionPairs(session, options.option) }),
});

const add: Work<Session, ShopOptions> = async (session, [id = ''], options) => {
  const { services, out, words } = session;
  const { platform, url } = options;
  const wanted: NewShop = { ...changesOf(session, options), id, platform, url };
  const shop = await services.addShop(wanted);
  const overview = (await services.shops()).find((one) => one.shop.id === shop.id);
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

const answerTest = (session: Session, name: string, result: TestResult): ExitCode => {
  const { out, words } = session;
  const code = result.ok ? exit.ok : exit.connection;
  if (session.format === 'json') {
    out.data(jsonDocument('shop-test', { result }));
    return code;
  }
  if (!result.ok) {
    printTrouble(out, shopTroubleLines(result.trouble, name, words));
    return code;
  }
  const { report } = result;
  out.say([{ text: `✓ ${words.cli.connected(name)}`, tone: 'good' }, ` (${span(result.tookMs, words)})`]);
  printFacts(
    session,
    [
      [words.cli.fact.calledItself, report.shopName ?? report.identity],
      [words.cli.fact.version, report.version ?? ''],
      [words.cli.fact.currency, report.currency ?? ''],
      [words.cli.fact.timeZone, report.timeZone ?? ''],
    ],
    '  ',
  );
  for (const permission of report.permissions) {
    const missing = permission.granted === false;
    const sign = missing ? '×' : permission.granted === undefined ? '?' : '✓';
    const tone = missing ? (permission.needed ? 'wrong' : 'waiting') : 'good';
    out.say(['  ', { text: sign, tone }, ` ${permissionLine(permission, words)}`]);
  }
  for (const warning of report.warnings) out.say([{ text: `  ! ${warningSentence(warning, words)}`, tone: 'waiting' }]);
  for (const { option, value, label, usual } of report.choices)
    out.say(`  --option ${option}=${value}  ${label}${usual ? ` (${words.cli.usual})` : ''}`);
  const lacks = report.permissions.some(({ granted, needed }) => needed && granted === false);
  return lacks ? exit.connection : code;
};

const test: Work<Session, object> = async (session, [text = '']) => {
  const shop = await pickShop(session, text);
  return answerTest(session, shop.name, await session.services.testShop(shop.id, undefined, session.signal));
};

const change =
  (fixed: ShopChange): Work<Session, Partial<ShopOptions>> =>
  async (session, [text = ''], options) => {
    const { services, out, words } = session;
    const before = await pickShop(session, text);
    const asked = { ...changesOf(session, options), ...fixed };
    if (Object.keys(asked).length === 0)
      throw new UsageError(words.cli.usage.nothingToChange, 'bindeled shops change --help');
    const shop = await services.changeShop(before.id, asked);
    const said = words.domain.event;
    if (session.format === 'json') out.data(jsonDocument('shop-changed', { before, shop }));
    else if (fixed.paused === undefined) out.say(said.shopChanged(shop.name, Object.keys(asked).join(', ')));
    else out.say(fixed.paused ? said.shopPaused(shop.name) : said.shopResumed(shop.name));
    return exit.ok;
  };

const remove: Work<Session, { readonly yes?: string }> = async (session, [text = ''], options) => {
  const { services, out, words } = session;
  const shop = await pickShop(session, text);
  const counts = (await services.shops()).find((one) => one.shop.id === shop.id)?.counts;
  if (options.yes !== shop.id) {
    const links = words.domain.integrations(number(counts?.integrations ?? 0, words));
    throw new UsageError(
      words.cli.removeShopAsks(shop.name, links),
      `bindeled shops remove ${shop.id} --yes ${shop.id}`,
    );
  }
  const { linksRemoved } = await services.removeShop(shop.id);
  if (session.format === 'json') out.data(jsonDocument('shop-removed', { shop, linksRemoved }));
  else out.say(words.cli.shopRemoved(shop.name, words.domain.integrations(number(linksRemoved, words))));
  return exit.ok;
};

const key: Work<Session, object> = async (session, [text = '']) => {
  const { services, out, words } = session;
  const shop = await pickShop(session, text);
  const overview = (await services.shops()).find((one) => one.shop.id === shop.id);
  const prefix = `BINDELED_${shop.id}_`.length;
  const names = (overview?.credentialNames ?? []).map((name) => name.slice(prefix).toLowerCase());
  const answers = await readSecrets(names.map((name) => `${shop.name}, ${name}`));
  if (answers.length < names.length || answers.includes(''))
    throw new UsageError(words.cli.usage.missingArgument(names.join(', ')), words.cli.tip.keyByPipe(names.join(', ')));
  await services.saveCredentials(shop.id, Object.fromEntries(names.map((name, index) => [name, answers[index] ?? ''])));
  if (session.format === 'json') out.data(jsonDocument('key-kept', { shop: shop.id, names }));
  else out.say(words.cli.keyKept(shop.name));
  return exit.ok;
};

const describe = (command: Command, { words }: Front, required: boolean): Command => {
  const said = words.cli.help;
  if (required) {
    command
      .addOption(new Option('--platform <platform>', said.platform).choices([...platforms]).makeOptionMandatory())
      .requiredOption('--url <address>', said.url);
  } else command.option('--url <address>', said.url);
  return command
    .option('--name <name>', said.shopName)
    .option('--country <code>', said.country)
    .option('--owner <name>', said.owner)
    .option('--sku-postfix <text>', said.skuPostfix)
    .addOption(new Option('--negative <how>', said.negative).choices(['send', 'hold-at-zero']))
    .option('--ca <file>', said.ca)
    .option('--option <name=value...>', said.platformOption);
};

/** `shops`: the webshops, their health and their keys. */
export const addShops: CommandMaker = (program, front) => {
  const { words, run } = front;
  const said = words.cli.help;
  const shops = program.command('shops').description(said.shops);
  const one = (name: string, text: string): Command =>
    shops.command(name).argument('<shop>', said.shop).description(text);
  const added = shops.command('add').argument('<id>', said.newShop).description(said.shopsAdd);
  describe(added, front, true).action(run(add));
  listOptions(shops.command('list').description(said.shopsList), words).action(run(list));
  one('show', said.shopsShow).action(run(show));
  one('test', said.shopsTest).action(run(test));
  one('key', said.shopsKey).action(run(key));
  describe(one('change', said.shopsChange), front, false).action(run(change({})));
  one('pause', said.shopsPause).action(run(change({ paused: true })));
  one('resume', said.shopsResume).action(run(change({ paused: false })));
  one('remove', said.shopsRemove).option('--yes <shop>', said.shopsRemoveYes).action(run(remove));
};
