import { goTo, openCard } from '../../../views/commands/palette.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { countMeter } from '../../output/progress.ts';
import { resolveProduct } from '../../resolve-arguments.ts';
import { printFetchResults } from '../fetch/fetch-output.ts';
import { type InactiveOptions, inactiveOptions, inactiveQuery } from './inactive-query.ts';

type Verify = InactiveOptions & { readonly product?: string };

const verify: CommandHandler<Session, Verify> = async (session, operands, options) => {
  const { services, words, signal } = session;
  const query = await inactiveQuery(session, options);
  const products = await Promise.all(operands.map((text) => resolveProduct(session, text)));
  const reports =
    products.length === 0
      ? [await services.inactive.list(query)]
      : await Promise.all(
          products.map((product) => services.inactive.list({ ...query, productId: product.id, withTicked: true })),
        );
  const rows = reports.flatMap((report) => report.rows).map(({ productId, shopId }) => ({ productId, shopId }));
  const meter = countMeter(session, words.cli.asking);
  const results = await services.inactive
    .verify(rows, signal, (_row, done, total) => meter.show(done, total))
    .finally(meter.end);
  if (rows.length === 0 && session.format !== 'json') session.out.note(words.cli.noneInactive);
  const code = await printFetchResults(session, 'verify', results);
  return rows.length === 0 ? exit.ok : code;
};

/** `verify`: asks the shops live about the rows of the report. */
export const verifyCommand = defineCommand({
  name: 'verify',
  help: 'verify',
  arguments: [{ name: '[product...]', help: 'product' }],
  options: inactiveOptions,
  screen: onScreen((line) => (line.operands.length === 0 ? goTo({ screen: 'inactive' }) : openCard()(line))),
  run: verify,
  examples: ['bindeled verify --shop no', 'bindeled verify SOK-1 SOK-2'],
});
