import { Argument } from 'commander';
import type { ConflictChoice } from '../../../domain/conflict.ts';
import type { ConflictCard } from '../../../services/conflicts/conflict-service.ts';
import {
  choiceLabel,
  conflictKindLabel,
  conflictLines,
  contenderName,
} from '../../../views/conflicts/conflict-lines.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { formatRef, parseRef } from '../../../views/format/refs.ts';
import type { Words } from '../../../views/words/words.ts';
import type { AddCommand, CommandHandler, Session } from '../../command-context.ts';
import { exit } from '../../exit-codes.ts';
import { listOptions } from '../../options.ts';
import { jsonDocument } from '../../output/json.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { makeFormatContext, resolveOptionalShop, resolveShop } from '../../resolve-arguments.ts';
import { UsageError } from '../../usage-error.ts';

/** The choices as they are typed. */
const typed = {
  keep: 'keep',
  move: 'move-the-link',
  'not-the-same': 'not-the-same',
  'accept-rename': 'accept-rename',
} as const satisfies Readonly<Record<string, ConflictChoice>>;

const typedFor = (choice: ConflictChoice): string =>
  Object.entries(typed).find(([, meant]) => meant === choice)?.[0] ?? choice;

const printCard = ({ out, words }: Session, card: ConflictCard, formatContext: FormatContext): void => {
  const lines = conflictLines(card, formatContext);
  out.say([
    { text: '≠ ', tone: 'waiting' },
    { text: `${lines.shop} ${lines.ref}`, tone: 'strong' },
    `  ${lines.kind} (${lines.since})`,
  ]);
  out.say(`  ${lines.sentence}`);
  for (const contender of lines.contenders) {
    out.say(['  ', { text: contender.role, tone: 'quiet' }, `: ${contender.name}`]);
    if (contender.facts.length > 0) out.say(`      ${contender.facts.join(', ')}`);
  }
  for (const { choice, does } of lines.choices) {
    out.say(['  ', { text: typedFor(choice), tone: 'accent' }, `: ${does}`]);
  }
  const fitting = lines.choices.map(({ choice }) => typedFor(choice)).join(' | ');
  out.say([{ text: `  ${words.cli.tip.settle(card.shop.id, formatRef(card.conflict.ref), fitting)}`, tone: 'quiet' }]);
};

const columns = (words: Words): readonly ListColumn<ConflictCard>[] => {
  const { title } = words.cli;
  const name = (card: ConflictCard, index: number): string => {
    const contender = card.contenders[index];
    return contender === undefined ? '' : contenderName(contender, words);
  };
  return [
    { id: 'shop', title: title.shop, rank: 0, min: 4, max: 20, text: ({ shop }) => shop.name },
    { id: 'ref', title: title.productId, rank: 0, min: 6, max: 24, text: ({ conflict }) => formatRef(conflict.ref) },
    {
      id: 'kind',
      title: title.conflict,
      rank: 1,
      min: 8,
      max: 26,
      text: ({ conflict }) => conflictKindLabel(conflict.kind, words),
    },
    { id: 'holder', title: title.holder, rank: 2, min: 8, max: 24, text: (card) => name(card, 0) },
    { id: 'claimant', title: title.claimant, rank: 3, min: 8, max: 24, text: (card) => name(card, 1) },
  ];
};

const conflicts: CommandHandler<Session, { readonly shop?: string }> = async (session, _operands, options) => {
  const { services, out, words } = session;
  const cards = await services.conflicts.list(await resolveOptionalShop(session, options.shop));
  const code = cards.length === 0 ? exit.ok : exit.findings;
  if (session.format === 'json' || session.format === 'csv' || cards.length === 0) {
    await printList(session, {
      kind: 'conflicts',
      columns: columns(words),
      rows: cards,
      content: { conflicts: cards },
      empty: words.cli.noConflicts,
    });
    return code;
  }
  const known = await makeFormatContext(session);
  for (const [index, card] of cards.entries()) {
    if (index > 0) out.say();
    printCard(session, card, known);
  }
  out.note();
  out.note([{ text: words.domain.conflicts(number(cards.length, words)), tone: 'strong' }]);
  return code;
};

type KeepAllOptions = { readonly shop?: string; readonly translations?: boolean; readonly note?: string };

const keepAll: CommandHandler<Session, KeepAllOptions> = async (session, _operands, options) => {
  const { services, out, words } = session;
  const shopId = await resolveOptionalShop(session, options.shop);
  const which = { shopId, translationsOnly: options.translations === true };
  const kept = await services.conflicts.keepAll(which, options.note);
  if (session.format === 'json') out.data(jsonDocument('settled-all', { conflicts: kept, choice: 'keep' }));
  else out.say(words.cli.settledAll(words.domain.conflicts(number(kept.length, words))));
  return exit.ok;
};

const settle: CommandHandler<Session, { readonly note?: string }> = async (session, operands, options) => {
  const [shopText = '', refText = '', choiceText = ''] = operands;
  const { services, out, words } = session;
  const shop = await resolveShop(session, shopText);
  const ref = parseRef(shop.id, refText);
  const choice = Object.entries(typed).find(([name]) => name === choiceText)?.[1];
  if (ref === undefined || choice === undefined)
    throw new UsageError(
      words.cli.usage.invalidArgument(refText),
      words.cli.tip.settle(shop.id, '10234/7', Object.keys(typed).join(' | ')),
    );
  const conflict = await services.conflicts.resolve(ref, choice, options.note);
  if (session.format === 'json') out.data(jsonDocument('settled', { conflict, choice }));
  else out.say(words.cli.settled(`${shop.name} ${formatRef(ref)}`, choiceLabel(choice, words)));
  return exit.ok;
};

/** `conflicts` with both contenders, and `settle` to choose. */
export const addConflicts: AddCommand = (program, { words, run }) => {
  const said = words.cli.help;
  listOptions(
    program.command('conflicts').description(said.conflicts).option('--shop <id>', said.onlyShop),
    words,
  ).action(run(conflicts));
  program
    .command('settle')
    .argument('<shop>', said.shop)
    .argument('<shop-product-id>', said.shopRef)
    .addArgument(new Argument('<choice>', said.choice).choices(Object.keys(typed)))
    .description(said.settle)
    .option('--note <text>', said.noteText)
    .action(run(settle));
  program
    .command('keep-all')
    .description(said.settleAll)
    .option('--shop <id>', said.onlyShop)
    .option('--translations', said.onlyTranslations)
    .option('--note <text>', said.noteText)
    .action(run(keepAll));
};
