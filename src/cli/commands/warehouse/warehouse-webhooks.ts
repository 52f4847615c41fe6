import { Refusal } from '../../../services/dependencies/refusal.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';

const webhooks: CommandHandler<Session, object> = async (session, [address = '']) => {
  const { services, out, words, language } = session;
  const hooks = services.warehouse.show()?.driver.webhooks;
  const base = session.webhooks.ownAddress(address);
  const secret = await services.warehouse.hookSecret();
  if (hooks === undefined) throw new Refusal('no-warehouse');
  const addresses = hooks.events.map(({ id, label }) => ({
    event: id,
    label: label[language],
    url: `${base}/hooks/warehouse/${secret}/${id}`,
  }));
  if (session.format === 'json') {
    out.data(jsonDocument('warehouse-webhooks', { addresses }));
    return exit.ok;
  }
  for (const { event, label, url } of addresses) {
    out.say(`${event}  ${label}`);
    out.say(`  ${url}`);
  }
  out.note(words.warehouse.hooksNext);
  return exit.ok;
};

/** `warehouse webhooks`: the addresses at which the warehouse may tell what changed. */
export const warehouseWebhooksCommand = defineCommand({
  name: 'warehouse webhooks',
  help: 'warehouseWebhooks',
  arguments: [{ name: '<address>', help: 'warehouseHookAddress' }],
  run: webhooks,
  examples: ['bindeled warehouse webhooks https://bindeled.example'],
});
