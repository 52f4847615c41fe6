import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { UsageError } from '../../usage-error.ts';
import { type WarehouseOptions, warehouseChange, warehouseOptions } from './change-options.ts';

const add: CommandHandler<Session, WarehouseOptions> = async (session, [kind = '', address], options) => {
  const { services, out, words, language } = session;
  const drivers = services.warehouse.drivers();
  const driver = drivers.find(({ id }) => id === kind);
  const known = drivers.map(({ id }) => id).filter((id) => id !== services.warehouse.show()?.driver.id);
  if (driver === undefined)
    throw new UsageError(words.cli.usage.notAChoice(kind, known.join(', ')), words.cli.tip.help);
  if (address === undefined && driver.usualAddress === undefined && driver.addressHint !== undefined)
    throw new UsageError(words.cli.usage.missingArgument('address'), driver.addressHint[language]);
  const settings = await services.warehouse.add({ kind, ...warehouseChange(session, address, options) });
  const overview = services.warehouse.show();
  if (session.format === 'json') {
    out.data(jsonDocument('warehouse-added', { settings, credentialNames: overview?.credentialNames ?? [] }));
    return exit.ok;
  }
  const { next } = words.warehouse;
  out.say(words.warehouse.added(driver.label[language]));
  if (overview?.hasCredentials !== true) out.note(`  ${next.key}  (${overview?.credentialNames.join(', ') ?? ''})`);
  out.note(`  ${next.test}`);
  out.note(`  ${next.preview}`);
  return exit.ok;
};

/** `warehouse add`: chooses a warehouse. */
export const warehouseAddCommand = defineCommand({
  name: 'warehouse add',
  help: 'warehouseAdd',
  arguments: [
    { name: '<kind>', help: 'warehouseKind' },
    { name: '[address]', help: 'warehouseAddress' },
  ],
  options: warehouseOptions,
  run: add,
  examples: [
    'bindeled warehouse add peakwms --master warehouse',
    'bindeled warehouse add files /srv/lager --option onHand=Antal',
  ],
});
