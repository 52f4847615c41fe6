import type { StoreErrorKind } from '../../../ports/store-error.ts';
import { storeErrorLines } from '../../../views/errors/store-error-lines.ts';
import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { type ExitCode, exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printError } from '../../output/print-error.ts';
import { UsageError } from '../../usage-error.ts';
import { printFindings, requireWrite } from './store-output.ts';

/** `store move`: everything into another store, and that one is used from then on. */
const move: CommandHandler<CommandContext, object> = async (context, [target = '']) => {
  requireWrite(context);
  const { words, out } = context;
  const said = words.cli.move;
  if (target.trim() === '') throw new UsageError(said.unknown, said.unknownAdvice);
  const answer = await (await context.storeMaintenance()).move(target);
  if (answer.kind === 'unknown-store') throw new UsageError(said.unknown, said.unknownAdvice);
  if (answer.kind === 'environment-decides') throw new UsageError(said.environment, said.environmentAdvice);
  if (answer.kind === 'same-store') throw new UsageError(said.same(answer.to), said.unknownAdvice);
  if (answer.kind === 'not-empty') throw new UsageError(said.notEmpty(answer.to), said.notEmptyAdvice);
  if (answer.kind === 'bad-target') return refuseTarget(context, answer.trouble);
  if (context.format === 'json') {
    out.data(jsonDocument('store-move', { from: answer.from, to: answer.to, findings: answer.findings }));
    return exit.ok;
  }
  out.say(said.moved(answer.from, answer.to));
  if (answer.withoutPassword) out.note([{ text: said.withoutPassword, tone: 'waiting' }]);
  printFindings(context, answer.findings);
  return exit.ok;
};

/** The store that was named cannot be had: what is to be done is said of what was typed, and not of the settings. */
function refuseTarget(
  { out, words, format }: CommandContext,
  trouble: Parameters<typeof storeErrorLines>[0],
): ExitCode {
  const { targetAdvice, targetSaid, untouched } = words.cli.move;
  const lines = storeErrorLines(trouble, words);
  const { [trouble.kind]: advice = lines.advice }: Partial<Record<StoreErrorKind, string>> = targetAdvice;
  const { [trouble.kind]: said = lines.said }: Partial<Record<StoreErrorKind, string>> = targetSaid;
  const told = { ...lines, said, advice: `${advice} ${untouched}` };
  if (format === 'json') out.data(jsonDocument('trouble', { sort: 'store', trouble: trouble.kind, ...told }));
  printError(out, told);
  return trouble.kind === 'bad-address' ? exit.usage : exit.store;
}

/** `store move`. */
export const storeMoveCommand = defineCommand({
  name: 'store move',
  help: 'storeMove',
  arguments: [{ name: '<store>', help: 'storeTarget' }],
  runWithoutStore: move,
  examples: ['bindeled store move sqlite:', 'bindeled store move postgres://bindeled@db.example/warehouse'],
});
