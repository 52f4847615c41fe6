import { goTo } from '../../../views/commands/palette.ts';
import { number } from '../../../views/format/numbers.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen, shopOption } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { resolveOptionalShop } from '../../resolve-arguments.ts';

type Options = { readonly shop?: string; readonly translations?: boolean; readonly note?: string };

const keepAll: CommandHandler<Session, Options> = async (session, _operands, options) => {
  const { services, out, words } = session;
  const shopId = await resolveOptionalShop(session, options.shop);
  const which = { shopId, translationsOnly: options.translations === true };
  const kept = await services.conflicts.keepAll(which, options.note);
  if (session.format === 'json') out.data(jsonDocument('settled-all', { conflicts: kept, choice: 'keep' }));
  else out.say(words.cli.settledAll(words.domain.conflicts(number(kept.length, words))));
  return exit.ok;
};

/** `keep-all`: one answer to every conflict, or to those with translations. */
export const keepAllCommand = defineCommand({
  name: 'keep-all',
  help: 'settleAll',
  options: [
    shopOption(),
    { flags: '--translations', help: 'onlyTranslations' },
    { flags: '--note <text>', help: 'noteText' },
  ],
  screen: onScreen(() => goTo({ screen: 'conflicts' })),
  run: keepAll,
  examples: ['bindeled keep-all --shop dk', 'bindeled keep-all --shop dk --translations'],
});
