import { translationOf } from '../../../domain/conflict.ts';
import { shownGtin } from '../../../domain/ids.ts';
import type { IdHolding, LookupHit } from '../../../services/lookup/lookup-service.ts';
import { goTo } from '../../../views/commands/palette.ts';
import { conflictSentence } from '../../../views/conflicts/conflict-lines.ts';
import { linkedShare } from '../../../views/diagnosis/shop-state-lines.ts';
import { type FormatContext, longName } from '../../../views/format/format-context.ts';
import { formatRef } from '../../../views/format/refs.ts';
import { ago, localDate } from '../../../views/format/times.ts';
import type { Words } from '../../../views/words/words.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, listOptions, onScreen, shopOption } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { type ListColumn, printFacts, printList } from '../../output/print-list.ts';
import { makeFormatContext, resolveOptionalShop, shownName } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';

type Options = { readonly shopId?: string; readonly shop?: string; readonly limit?: string };

const columns = (words: Words): readonly ListColumn<LookupHit>[] => {
  const { title } = words.cli;
  return [
    {
      id: 'sku',
      title: title.item,
      rank: 0,
      min: 8,
      max: 24,
      text: ({ product, listing }) => product?.sku ?? listing?.sku ?? '',
    },
    {
      id: 'name',
      title: title.name,
      rank: 1,
      min: 12,
      text: ({ product, listing }) => product?.content.name ?? listing?.content.name ?? '',
    },
    {
      id: 'gtin',
      title: 'EAN',
      rank: 4,
      min: 8,
      max: 14,
      text: ({ product }) => (product?.gtin === undefined ? '' : shownGtin(product.gtin)),
    },
    {
      id: 'shops',
      title: title.shops,
      rank: 2,
      min: 8,
      max: 22,
      text: (hit) =>
        hit.product === undefined ? words.cli.noProductYet : linkedShare(hit.linked, hit.expected, words),
    },
    {
      id: 'matched',
      title: title.matched,
      rank: 3,
      min: 8,
      max: 36,
      text: ({ hit }) => {
        const where = hit.ref === undefined ? '' : ` ${hit.ref.shopId} ${formatRef(hit.ref)}`;
        const how = hit.how === 'exact' ? '' : ` (${words.domain.matchedHow[hit.how]})`;
        return `${words.domain.matched[hit.matched]}${where}${how}`;
      },
    },
  ];
};

/** What is known of one shop product id, by title; empty where there is nothing. Facts under each other, or a row. */
const holdingFacts = (holding: IdHolding, formatContext: FormatContext): readonly (readonly [string, string])[] => {
  const { words, now, timeZone } = formatContext;
  const { listing, integration, holder, formerHolder } = holding;
  const said = words.cli.holding;
  const held =
    holder === undefined || integration === undefined
      ? said.nobody
      : `${longName(holder, words)}, ${words.domain.since(localDate(integration.createdAt, timeZone))} ${words.domain.how[integration.how]}`;
  const former =
    formerHolder === undefined
      ? ''
      : `${longName(formerHolder.product, words)}, ${words.domain.until(localDate(formerHolder.tombstone.at, timeZone))}: ${words.domain.removal[formerHolder.tombstone.because]}`;
  return [
    [said.holder, held],
    [said.former, former],
    [said.claimants, holding.claimants.map((product) => longName(product, words)).join(', ')],
    [
      said.inShop,
      listing === undefined
        ? said.neverSeen
        : `${listing.content.name}: ${listing.goneAt === undefined ? listing.shopSays : words.domain.deletedInShop}, ${ago(listing.seenAt, now, words)}`,
    ],
    [
      said.conflict,
      holding.conflict === undefined
        ? ''
        : conflictSentence(holding.conflict, formatContext, translationOf(holding.conflict, listing)),
    ],
    [said.adminUrl, listing?.adminUrl ?? ''],
  ];
};

/** The same as a table for spreadsheets; the item number of who holds it stands in a cell of its own. */
function holdingColumns(formatContext: FormatContext): readonly ListColumn<IdHolding>[] {
  const { cli } = formatContext.words;
  const texts: readonly (readonly [string, (holding: IdHolding) => string])[] = [
    [cli.title.shop, ({ shop }) => shop.name],
    [cli.title.productId, ({ ref }) => formatRef(ref)],
    [cli.title.item, ({ holder }) => holder?.sku ?? ''],
    ...[cli.holding.holder, cli.holding.former, cli.holding.claimants].map(factNamed),
    ...[cli.holding.inShop, cli.holding.conflict, cli.holding.adminUrl].map(factNamed),
  ];
  function factNamed(title: string): readonly [string, (holding: IdHolding) => string] {
    return [title, (one) => holdingFacts(one, formatContext).find(([name]) => name === title)?.[1] ?? ''];
  }
  return texts.map(([title, text]) => ({ id: title, title, rank: 0, min: 8, text }));
}

const findHolder = async (session: Session, id: string, shop: string | undefined) => {
  const { services, out, words } = session;
  const holdings = await services.lookup.holders(id, await resolveOptionalShop(session, shop));
  const code = holdings.length === 0 ? exit.findings : exit.ok;
  const known = await makeFormatContext(
    session,
    holdings.flatMap(({ holder, claimants }) => [...(holder === undefined ? [] : [holder]), ...claimants]),
  );
  if (session.format === 'json' || session.format === 'csv') {
    const content = { asked: id, holdings };
    await printList(session, { kind: 'shop-id', columns: holdingColumns(known), rows: holdings, content, empty: '' });
    return code;
  }
  if (holdings.length === 0) out.say(words.cli.holding.nobodyAtAll(id));
  for (const [index, holding] of holdings.entries()) {
    if (index > 0) out.say();
    out.say([{ text: formatRef(holding.ref), tone: 'strong' }, `  ${holding.shop.name} (${holding.shop.id})`]);
    printFacts(session, holdingFacts(holding, known), '  ');
  }
  return code;
};

const suggest = ({ format, out, words }: Session, near: readonly LookupHit[]): void => {
  if (format === 'json' || format === 'csv') return;
  if (near.length > 0) out.note(words.cli.didYouMean);
  for (const { product } of near) {
    if (product === undefined) continue;
    out.note(`  ${shownName(product, words)}`);
  }
  if (near.length === 0) out.note(`  ${words.cli.tip.notFound}`);
};

const find: CommandHandler<Session, Options> = async (session, operands, options) => {
  const { services, words } = session;
  const text = operands.join(' ').trim();
  if (options.shopId !== undefined) return findHolder(session, options.shopId, options.shop);
  if (text === '') throw new UsageError(words.cli.usage.missingArgument('text'), words.cli.tip.find);
  const found = await services.lookup.search(text, 50);
  await printList(session, {
    kind: 'find',
    columns: columns(words),
    rows: found.hits,
    content: { asked: found.asked, hits: found.hits, more: found.more, near: found.near },
    empty: words.domain.requestError.unknownProduct(text).said,
  });
  if (found.more && session.format === 'text') session.out.note(words.cli.more);
  if (found.hits.length === 0) suggest(session, found.near);
  return found.hits.length === 0 ? exit.findings : exit.ok;
};

/** `find`: any identifier, or who holds a shop product id. */
export const findCommand = defineCommand({
  name: 'find',
  aliases: ['lookup'],
  help: 'find',
  arguments: [{ name: '[text...]', help: 'anyIdentifier' }],
  options: [{ flags: '--shop-id <id>', help: 'shopId' }, shopOption(), ...listOptions],
  screen: onScreen(
    ({ operands, options }) => {
      const id = options.get('shop-id');
      return id === undefined
        ? goTo({ screen: 'lookup', text: operands.join(' ') })
        : goTo({ screen: 'shop-id', text: [id, ...operands].join(' ').trim() });
    },
    ['--shop-id'],
  ),
  run: find,
  examples: ['bindeled find 5701234567899', 'bindeled find "uldsok blå"', 'bindeled find --shop-id 10234 --shop dk'],
});
