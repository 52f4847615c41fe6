import { Refusal } from '../../../services/dependencies/refusal.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { readLines, readSecrets } from '../../read-secret.ts';
import { UsageError } from '../../usage-error.ts';

const keepKey: CommandHandler<Session, object> = async (session) => {
  const { services, out, words } = session;
  const overview = services.warehouse.show();
  const [form] = overview?.settings === undefined ? [] : overview.driver.credentials;
  if (form === undefined) throw new Refusal('no-warehouse');
  const piped = process.stdin.isTTY === true ? undefined : await readLines();
  const answers = piped ?? (await readSecrets(form.fields.map(({ label }) => label)));
  const kept = form.fields.map(({ name }, place) => [name, answers[place] ?? ''] as const);
  const names = form.fields.map(({ name }) => name);
  if (kept.some(([, value]) => value === ''))
    throw new UsageError(words.cli.usage.missingArgument(names.join(', ')), words.cli.tip.keyByPipe(names.join(', ')));
  await services.warehouse.saveCredentials(Object.fromEntries(kept));
  if (session.format === 'json') out.data(jsonDocument('warehouse-key-kept', { names }));
  else out.say(words.warehouse.keyKept);
  return exit.ok;
};

/** `warehouse key`: keeps the key of the warehouse. */
export const warehouseKeyCommand = defineCommand({
  name: 'warehouse key',
  help: 'warehouseKey',
  run: keepKey,
  examples: ['bindeled warehouse key'],
});
