import type { ShopOverview } from '../../../services/shops/shop-service.ts';
import { goTo } from '../../../views/commands/palette.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { shopLine } from '../../../views/shops/shop-lines.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, listOptions, onScreen } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { makeFormatContext } from '../../resolve-arguments.ts';

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
    { id: 'platform', title: title.platform, rank: 4, min: 7, max: 20, text: ({ platformName }) => platformName },
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

const listShops: CommandHandler<Session, object> = async (session) => {
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

/** `shops list`: the shops and how they are. */
export const shopsListCommand = defineCommand({
  name: 'shops list',
  help: 'shopsList',
  options: listOptions,
  isDefault: true,
  screen: onScreen(() => goTo({ screen: 'shops' })),
  run: listShops,
  examples: ['bindeled shops list --json'],
});
