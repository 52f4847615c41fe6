import { Refusal } from '../../../services/dependencies/refusal.ts';
import type { ShopOverview } from '../../../services/shops/shop-service.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { shopLine } from '../../../views/shops/shop-lines.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { makeFormatContext, resolveShop } from '../../resolve-arguments.ts';
import { printShop } from './shop-details.ts';

const columns = (formatContext: FormatContext): readonly ListColumn<ShopOverview>[] => {
  const { words } = formatContext;
  const { title } = words.cli;
  const line = (overview: ShopOverview) => shopLine(overview, formatContext);
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

/** `shops list`. */
export const listShops: CommandHandler<Session, object> = async (session) => {
  const shops = await session.services.shops.list();
  await printList(session, {
    kind: 'shops',
    columns: columns(await makeFormatContext(session)),
    rows: shops,
    content: { shops },
    empty: session.words.cli.noRows,
  });
  return exit.ok;
};

/** `shops show`. */
export const showShop: CommandHandler<Session, object> = async (session, [text = '']) => {
  const { id } = await resolveShop(session, text);
  const overview = (await session.services.shops.list()).find(({ shop }) => shop.id === id);
  if (overview === undefined) throw new Refusal('unknown-shop', { shop: text });
  if (session.format === 'json') session.out.data(jsonDocument('shop', { overview }));
  else printShop(session, overview, await makeFormatContext(session));
  return exit.ok;
};
