import { storeErrorLines } from '../../../views/errors/store-error-lines.ts';
import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printFacts } from '../../output/print-list.ts';
import { printFindings, storeSpeedLine } from './store-output.ts';

/** `store show`: which store, where, how large and how fast. */
const show: CommandHandler<CommandContext, object> = async (context) => {
  const { words, out } = context;
  const maintenance = await context.storeMaintenance();
  const speed = await maintenance.explain({ readOnly: context.settings.readOnly });
  const findings = await maintenance.size();
  const { kind, place } = maintenance;
  if (context.format === 'json') {
    out.data(jsonDocument('store-show', { store: { kind, place }, speed, findings }));
    return exit.ok;
  }
  const said = words.cli.fact;
  printFacts(context, [
    [said.store, `${words.cli.storeKind[kind]}, ${place}`],
    [said.speed, storeSpeedLine(speed, context)],
  ]);
  printFindings(context, findings);
  if (speed.refused === undefined) return exit.ok;
  out.say();
  const { said: refused, details, advice } = storeErrorLines(speed.refused, words);
  for (const line of [refused, ...details, advice]) out.say(line);
  return exit.findings;
};

/** `store show`. */
export const storeShowCommand = defineCommand({
  name: 'store show',
  help: 'storeShow',
  runWithoutStore: show,
  examples: ['bindeled store show'],
});
