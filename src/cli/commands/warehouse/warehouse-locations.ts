import type { ShopId } from '../../../domain/ids.ts';
import { type Shop, sellsByLocation, tellsLocations } from '../../../domain/shop.ts';
import type { ShopLocationRow, WarehouseLocation } from '../../../services/warehouse/warehouse-service.ts';
import { number } from '../../../views/format/numbers.ts';
import type { Words } from '../../../views/words/words.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, listOptions, shopIds } from '../../define-command.ts';
import { type ExitCode, exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { resolveShop } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';

const columns = (words: Words): readonly ListColumn<WarehouseLocation>[] => [
  { id: 'location', title: words.warehouse.title.location, rank: 0, min: 6, text: ({ location }) => location },
  {
    id: 'products',
    title: words.warehouse.fact.products,
    rank: 1,
    min: 5,
    max: 9,
    align: 'right',
    text: ({ products }) => number(products, words),
    value: ({ products }) => products,
  },
  { id: 'shops', title: words.warehouse.title.links, rank: 1, min: 6, text: ({ shops }) => shops.join(', ') },
];

// A large warehouse has many thousands of shelves: the rest are found by --after.
const shownAtMost = 500;

type Options = {
  readonly all?: boolean;
  readonly after?: string;
  /** A location of the shop, by its name there or its id. */
  readonly at?: string;
  readonly none?: boolean;
};

const shopColumns = (words: Words): readonly ListColumn<ShopLocationRow>[] => [
  {
    id: 'location',
    title: words.warehouse.shopLocation,
    rank: 0,
    min: 8,
    text: ({ name, id, inShop }) => (inShop ? (name ?? id) : `${name ?? id} (${words.warehouse.noMoreInShop})`),
    value: ({ name, id }) => name ?? id,
    tone: ({ inShop }) => (inShop ? undefined : 'waiting'),
  },
  { id: 'id', title: 'ID', rank: 2, min: 4, text: ({ id }) => id },
  {
    id: 'from',
    title: words.warehouse.toldOf,
    rank: 0,
    min: 8,
    text: ({ from }) => (from.length === 0 ? words.warehouse.notTold : from.join(', ')),
    value: ({ from }) => from.join(', '),
    tone: ({ from }) => (from.length === 0 ? 'quiet' : undefined),
  },
];

/** What each location of a shop is told of, as the shop has them now. */
async function printShopLocations(session: Session, shopId: ShopId): Promise<ExitCode> {
  const { services, words, signal } = session;
  const rows = await services.warehouse.shopLocations(shopId, signal);
  const content = { shopId, locations: rows };
  const empty = words.warehouse.noShopLocations;
  await printList(session, { kind: 'shop-locations', columns: shopColumns(words), rows, content, empty });
  return rows.every(({ inShop }) => inShop) ? exit.ok : exit.findings;
}

/** Where a shop is mapped to, in a line for each of its own locations that is told a figure. */
const mappingLines = ({ id, locations = [], shopLocations = [] }: Shop, words: Words): readonly string[] =>
  shopLocations.length > 0
    ? shopLocations.map((one) => words.warehouse.toldAt(id, one.name ?? one.id, one.from.join(', ')))
    : [locations.length === 0 ? words.warehouse.sellsAll(id) : words.warehouse.sellsFrom(id, locations.join(', '))];

const locations: CommandHandler<Session, Options> = async (session, [asked, ...wanted], options) => {
  const { services, out, words, signal } = session;
  if (asked === undefined) {
    const rows = await services.warehouse.locations({ after: options.after, limit: shownAtMost });
    const shops = await session.services.shops.list();
    const mapped = shops.flatMap(({ shop }) => (sellsByLocation(shop) ? [shop] : []));
    const content = {
      locations: rows,
      mapped: mapped.map(({ id: shopId, locations: of = [], shopLocations }) => ({ shopId, of, shopLocations })),
    };
    await printList(session, {
      kind: 'warehouse-locations',
      columns: columns(words),
      rows,
      content,
      empty: words.cli.noRows,
    });
    if (session.format === 'text' || session.format === 'plain')
      for (const line of mapped.flatMap((shop) => mappingLines(shop, words))) out.note(line);
    return exit.ok;
  }
  const { id } = await resolveShop(session, asked);
  const isChange = wanted.length > 0 || options.all === true || options.none === true;
  if (!isChange && options.at === undefined) return printShopLocations(session, id);
  if (!isChange) throw new UsageError(words.cli.usage.missingArgument('location'), 'bindeled warehouse locations');
  const isOneOf = [options.all, options.none, wanted.length > 0].filter((one) => one === true).length === 1;
  // All there is belongs to a shop, nothing at all to a location of one.
  const fits = options.at === undefined ? options.none !== true : options.all !== true;
  if (!isOneOf || !fits)
    throw new UsageError(words.cli.usage.invalidArgument(wanted.join(' ')), 'bindeled warehouse locations --help');
  const shop =
    options.at === undefined
      ? await services.warehouse.mapShop(id, wanted)
      : await services.warehouse.mapShopLocations(id, [{ location: options.at, from: wanted }], signal);
  if (session.format === 'json') out.data(jsonDocument('warehouse-mapped', { shop }));
  else {
    for (const line of mappingLines(shop, words)) out.say(line);
    if (tellsLocations(shop)) out.note(words.warehouse.readNext(`bindeled sync ${id} --full`));
  }
  return exit.ok;
};

/** `warehouse locations`: what lies where, and which shop sells from where. */
export const warehouseLocationsCommand = defineCommand({
  name: 'warehouse locations',
  help: 'warehouseLocations',
  arguments: [
    { name: '[shop]', help: 'shop', values: shopIds },
    { name: '[locations...]', help: 'warehouseLocation' },
  ],
  options: [
    { flags: '--at <location>', help: 'warehouseShopLocation' },
    { flags: '--all', help: 'warehouseAllLocations' },
    { flags: '--none', help: 'warehouseNoLocation' },
    { flags: '--after <location>', help: 'warehouseAfter' },
    ...listOptions,
  ],
  run: locations,
  examples: [
    'bindeled warehouse locations',
    "bindeled warehouse locations dk 'A-*' B-12",
    'bindeled warehouse locations dk --all',
    'bindeled warehouse locations de',
    "bindeled warehouse locations de --at Aarhus 'A-*'",
    'bindeled warehouse locations de --at Aarhus --none',
  ],
});
