import type { ShopId } from '../../../domain/ids.ts';
import { shopIn } from '../../../views/commands/palette.ts';
import { number } from '../../../views/format/numbers.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, onScreen, shopOption } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { countMeter } from '../../output/progress.ts';
import { resolveOptionalShop } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';
import { printFetchResults } from './fetch-output.ts';

type Options = { readonly shop?: string; readonly missing?: boolean; readonly again?: boolean };

/** Everything that lacks a link, but what was fetched within the hour: so a list that was broken off goes on. */
const missingPlaces = async (session: Session, shopId: ShopId | undefined, again: boolean) => {
  const all = await session.services.integrations.missing(shopId);
  const places = all.filter(({ askedLately }) => again || !askedLately);
  const passed = all.length - places.length;
  if (session.format !== 'json') {
    if (all.length === 0) session.out.note(session.words.cli.noneMissing);
    if (passed > 0) session.out.note(session.words.cli.askedLately(number(passed, session.words)));
  }
  return places;
};

const fetch: CommandHandler<Session, Options> = async (session, asked, options) => {
  const { words, format, out } = session;
  if ((asked.length === 0) === (options.missing !== true))
    throw new UsageError(words.cli.usage.fetchWhat, words.cli.tip.fetch);
  if (asked.some((text) => text.trim() === ''))
    throw new UsageError(words.cli.usage.missingArgument('identifier'), words.cli.tip.fetch);
  const shopId = await resolveOptionalShop(session, options.shop);
  const places = options.missing === true ? await missingPlaces(session, shopId, options.again === true) : undefined;
  const meter = countMeter(session, session.words.cli.fetching);
  const results = await session.services.fetch
    .run(
      {
        asked,
        places,
        shopIds: shopId === undefined ? undefined : [shopId],
        onResult: (_result, done, total) => meter.show(done, total),
      },
      session.signal,
    )
    .finally(meter.end);
  const code = await printFetchResults(session, 'fetch', results);
  if (code === exit.interrupted && places !== undefined && format !== 'json') out.note(words.cli.interruptedList);
  return places !== undefined && results.length === 0 ? exit.ok : code;
};

/** `fetch`: one product, from one shop or all. */
export const fetchCommand = defineCommand({
  name: 'fetch',
  aliases: ['refetch'],
  help: 'fetch',
  arguments: [{ name: '[identifier...]', help: 'anyIdentifier' }],
  options: [shopOption(), { flags: '--missing', help: 'fetchMissing' }, { flags: '--again', help: 'fetchAgain' }],
  screen: onScreen(
    (line) => {
      const shopId = shopIn(line);
      return { kind: 'fetch', asked: line.operands, shopIds: shopId === undefined ? undefined : [shopId] };
    },
    ['--shop'],
  ),
  run: fetch,
  examples: ['bindeled fetch SOK-1', 'bindeled fetch SOK-1 SOK-2 --shop no', 'bindeled fetch --missing --shop no'],
});
