import type { ListingRef, ShopId } from '../../../domain/ids.ts';
import { shortName } from '../../../views/format/format-context.ts';
import { formatRef, parseRef } from '../../../views/format/refs.ts';
import { localTime } from '../../../views/format/times.ts';
import { eventSentence } from '../../../views/history/event-lines.ts';
import type { AddCommand, CommandHandler, Session } from '../../command-context.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { makeFormatContext, productsInEvents, resolveProduct, resolveShop } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';
import { importLinks, matchEvidence } from './import-links.ts';

const refOf = (session: Session, shopId: ShopId, text: string): ListingRef => {
  const ref = parseRef(shopId, text);
  if (ref === undefined)
    throw new UsageError(session.words.cli.usage.invalidArgument(text), session.words.cli.tip.shopRef);
  return ref;
};

const link: CommandHandler<Session, object> = async (session, [asked = '', shopText = '', refText = '']) => {
  const { services, out, words } = session;
  if (refText === '')
    throw new UsageError(words.cli.usage.missingArgument('product, shop, shop-product-id'), words.cli.tip.link);
  const product = await resolveProduct(session, asked);
  const shop = await resolveShop(session, shopText);
  const ref = refOf(session, shop.id, refText);
  const { links } = await services.integrations.readLinks([{ line: 1, sku: product.id, shopId: shop.id, ref }]);
  const proof = matchEvidence(links[0] ?? { product }, words);
  const integration = await services.integrations.link(product.id, ref);
  if (session.format === 'json') out.data(jsonDocument('link', { integration }));
  else out.say(`${words.cli.linkedTo(shortName(product, words), `${shop.name} ${formatRef(ref)}`)} (${proof})`);
  return exit.ok;
};

const remove: CommandHandler<Session, { readonly shop: string; readonly reason: string }> = async (
  session,
  [asked = ''],
  options,
) => {
  const { services, out, words } = session;
  const product = await resolveProduct(session, asked);
  const shop = await resolveShop(session, options.shop);
  const tombstone = await services.integrations.remove(product.id, shop.id, options.reason);
  if (session.format === 'json') {
    out.data(jsonDocument('removed', { tombstone }));
    return exit.ok;
  }
  out.say(words.cli.removed(shortName(product, words), `${shop.name} ${formatRef(tombstone.integration.ref)}`));
  out.say([{ text: words.cli.removedEffect(shop.name), tone: 'quiet' }]);
  return exit.ok;
};

const undo: CommandHandler<Session, { readonly list?: boolean }> = async (session, [seqText], options) => {
  const { services, out, words } = session;
  if (options.list === true) {
    const undoable = (await services.history.undoable(20)).filter(({ can }) => can);
    if (session.format === 'json') out.data(jsonDocument('undoable', { events: undoable.map(({ event }) => event) }));
    else {
      const events = undoable.map(({ event }) => event);
      const known = await makeFormatContext(session, await productsInEvents(session, events));
      for (const event of events)
        out.say(`${event.seq}  ${localTime(event.at, known.timeZone)}  ${eventSentence(event, known)}`);
      if (events.length === 0) out.note(words.domain.requestError.nothingToUndo.said);
    }
    return exit.ok;
  }
  const seq = seqText === undefined ? undefined : Number(seqText);
  if (seq !== undefined && !Number.isInteger(seq))
    throw new UsageError(words.cli.usage.notWholeNumber(seqText ?? ''), words.cli.tip.undo);
  const event = await services.history.undo(seq);
  const known = await makeFormatContext(session, await productsInEvents(session, [event]));
  if (session.format === 'json') out.data(jsonDocument('undone', { event }));
  else out.say(words.cli.undone(eventSentence(event, known)));
  return exit.ok;
};

/** `link`, `unlink`, `remove` and `undo`: links by hand. */
export const addLinks: AddCommand = (program, { words, run }) => {
  const said = words.cli.help;
  const links = program
    .command('link')
    .argument('[product]', said.product)
    .argument('[shop]', said.shop)
    .argument('[shop-product-id]', said.shopRef)
    .description(said.link)
    .action(run(link));
  const unlink = program.command('unlink').description(said.unlink);
  for (const [parent, kind] of [
    [links, 'link'],
    [unlink, 'unlink'],
  ] as const) {
    parent
      .command('import')
      .argument('<file>', said.linkFile)
      .description(kind === 'link' ? said.linkImport : said.unlinkImport)
      .option('--dry-run', said.dryRun)
      .action(run(importLinks(kind)));
  }
  program
    .command('remove')
    .argument('<product>', said.product)
    .description(said.remove)
    .requiredOption('--shop <id>', said.ofShop)
    .requiredOption('--reason <text>', said.reason)
    .action(run(remove));
  program
    .command('undo')
    .argument('[number]', said.eventNumber)
    .description(said.undo)
    .option('--list', said.undoList)
    .action(run(undo));
};
