import { Refusal } from '../../../services/dependencies/refusal.ts';
import { warehouseFacts } from '../../../views/warehouse/warehouse-lines.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printFacts } from '../../output/print-list.ts';

const show: CommandHandler<Session, object> = async (session) => {
  const { services, out, words } = session;
  const overview = services.warehouse.show();
  if (overview === undefined) throw new Refusal('no-warehouse');
  const { driver, ...rest } = overview;
  if (session.format === 'json') {
    out.data(jsonDocument('warehouse', { kind: driver.id, can: driver.can, ...rest }));
    return exit.ok;
  }
  printFacts(session, warehouseFacts(overview, { words, now: services.now() }));
  return exit.ok;
};

/** `warehouse show`: the chosen warehouse and how its readings go. */
export const warehouseShowCommand = defineCommand({
  name: 'warehouse show',
  help: 'warehouseShow',
  isDefault: true,
  run: show,
  examples: ['bindeled warehouse show'],
});
