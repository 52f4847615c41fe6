import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, productArgument } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { wholeNumber } from '../../options.ts';
import { jsonDocument } from '../../output/json.ts';
import { resolveProduct } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';
import { printHeading } from '../diagnosis/why.ts';

const set: CommandHandler<
  Session,
  { readonly reserved?: number; readonly inWarehouse?: boolean; readonly location?: string }
> = async (session, [asked = '', figure = ''], options) => {
  const onHand = wholeNumber(session.words, -999_999_999)(figure);
  if (options.location !== undefined && options.inWarehouse !== true)
    throw new UsageError(session.words.cli.usage.invalidArgument('--location'), session.words.cli.tip.location);
  const before = await resolveProduct(session, asked);
  const { services, signal } = session;
  // Never silently: a count is written into another system only where a person says so.
  const product =
    options.inWarehouse === true
      ? await services.warehouse.count({ productId: before.id, onHand, location: options.location }, signal)
      : await services.stock.set(before.id, onHand, options.reserved);
  if (session.format === 'json') session.out.data(jsonDocument('stock', { before: before.stock, product }));
  else printHeading(session, product);
  return exit.ok;
};

/** `stock set`: the figure of one product. */
export const stockSetCommand = defineCommand({
  name: 'stock set',
  help: 'stockSet',
  arguments: [productArgument, { name: '<number>', help: 'onHand' }],
  options: [
    { flags: '--reserved <number>', help: 'reserved', wholeNumberFrom: 0 },
    { flags: '--in-warehouse', help: 'stockInWarehouse' },
    { flags: '--location <name>', help: 'stockLocation' },
  ],
  run: set,
  examples: ['bindeled stock set SOK-1 12 --reserved 2', 'bindeled stock set SOK-1 12 --in-warehouse --location A-01'],
});
