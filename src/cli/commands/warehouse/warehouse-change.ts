import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { UsageError } from '../../usage-error.ts';
import { type WarehouseOptions, warehouseChange, warehouseOptions } from './change-options.ts';

type Options = WarehouseOptions & { readonly url?: string };

const change: CommandHandler<Session, Options> = async (session, _operands, options) => {
  const { services, out, words, language } = session;
  const { url, ...others } = options;
  const asked = warehouseChange(session, url, others);
  if (Object.values(asked).every((value) => value === undefined))
    throw new UsageError(words.cli.usage.nothingToChange, 'bindeled warehouse change --help');
  const settings = await services.warehouse.change(asked);
  const label = services.warehouse.show()?.driver.label[language] ?? settings.kind;
  if (session.format === 'json') out.data(jsonDocument('warehouse-changed', { settings }));
  else out.say(words.warehouse.changed(label));
  return exit.ok;
};

/** `warehouse change`: other settings for the chosen warehouse. */
export const warehouseChangeCommand = defineCommand({
  name: 'warehouse change',
  help: 'warehouseChange',
  options: [{ flags: '--url <address>', help: 'warehouseAddress' }, ...warehouseOptions],
  run: change,
  examples: ['bindeled warehouse change --master shop', 'bindeled warehouse change --option per_minute=60'],
});

const remove: CommandHandler<Session, object> = async (session) => {
  await session.services.warehouse.remove();
  if (session.format === 'json') session.out.data(jsonDocument('warehouse-removed', {}));
  else session.out.say(session.words.warehouse.removed);
  return exit.ok;
};

/** `warehouse remove`: back to our own stock. */
export const warehouseRemoveCommand = defineCommand({
  name: 'warehouse remove',
  help: 'warehouseRemove',
  run: remove,
  examples: ['bindeled warehouse remove'],
});
