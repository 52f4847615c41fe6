import type { WarehouseLocation } from '../../../services/warehouse/warehouse-service.ts';
import { number } from '../../../views/format/numbers.ts';
import type { Words } from '../../../views/words/words.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, listOptions, shopIds } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
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

type Options = { readonly all?: boolean; readonly after?: string };

const locations: CommandHandler<Session, Options> = async (session, [asked, ...wanted], options) => {
  const { services, out, words } = session;
  if (asked === undefined) {
    const rows = await services.warehouse.locations({ after: options.after, limit: shownAtMost });
    const shops = await session.services.shops.list();
    const mapped = shops.flatMap(({ shop: { id, locations: of } }) => (of === undefined ? [] : [{ shopId: id, of }]));
    const content = { locations: rows, mapped };
    await printList(session, {
      kind: 'warehouse-locations',
      columns: columns(words),
      rows,
      content,
      empty: words.cli.noRows,
    });
    if (session.format === 'text' || session.format === 'plain')
      for (const { shopId, of } of mapped) out.note(words.warehouse.sellsFrom(shopId, of.join(', ')));
    return exit.ok;
  }
  if (wanted.length === 0 && options.all !== true)
    throw new UsageError(words.cli.usage.missingArgument('location'), 'bindeled warehouse locations');
  const { id } = await resolveShop(session, asked);
  const shop = await services.warehouse.mapShop(id, options.all === true ? [] : wanted);
  if (session.format === 'json') out.data(jsonDocument('warehouse-mapped', { shop }));
  else
    out.say(
      shop.locations === undefined
        ? words.warehouse.sellsAll(id)
        : words.warehouse.sellsFrom(id, shop.locations.join(', ')),
    );
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
    { flags: '--all', help: 'warehouseAllLocations' },
    { flags: '--after <location>', help: 'warehouseAfter' },
    ...listOptions,
  ],
  run: locations,
  examples: [
    'bindeled warehouse locations',
    "bindeled warehouse locations dk 'A-*' B-12",
    'bindeled warehouse locations dk --all',
  ],
});
