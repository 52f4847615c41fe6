import { goTo } from '../../../views/commands/palette.ts';
import { choiceLabel } from '../../../views/conflicts/conflict-lines.ts';
import { formatRef, parseRef } from '../../../views/format/refs.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen, shopArgument } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { resolveShop } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';
import { typedChoices } from './typed-choices.ts';

const settle: CommandHandler<Session, { readonly note?: string }> = async (session, operands, options) => {
  const [shopText = '', refText = '', choiceText = ''] = operands;
  const { services, out, words } = session;
  const shop = await resolveShop(session, shopText);
  const ref = parseRef(shop.id, refText);
  const choice = Object.entries(typedChoices).find(([name]) => name === choiceText)?.[1];
  if (ref === undefined || choice === undefined)
    throw new UsageError(
      words.cli.usage.invalidArgument(refText),
      words.cli.tip.settle(shop.id, '10234/7', Object.keys(typedChoices).join(' | ')),
    );
  const conflict = await services.conflicts.resolve(ref, choice, options.note);
  if (session.format === 'json') out.data(jsonDocument('settled', { conflict, choice }));
  else out.say(words.cli.settled(`${shop.name} ${formatRef(ref)}`, choiceLabel(choice, words)));
  return exit.ok;
};

/** `settle`: chooses in a conflict. */
export const settleCommand = defineCommand({
  name: 'settle',
  help: 'settle',
  arguments: [
    shopArgument,
    { name: '<shop-product-id>', help: 'shopRef' },
    { name: '<choice>', help: 'choice', choices: Object.keys(typedChoices) },
  ],
  options: [{ flags: '--note <text>', help: 'noteText' }],
  screen: onScreen(() => goTo({ screen: 'conflicts' })),
  run: settle,
  examples: ['bindeled settle dk 10234/7 keep', 'bindeled settle dk 10234/7 move --note "kopi fra i går"'],
});
