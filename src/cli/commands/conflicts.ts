import { Argument } from 'commander';
import type { ConflictChoice } from '../../domain/conflict.ts';
import type { ConflictCard } from '../../services/services.ts';
import { number } from '../../views/numbers.ts';
import { parseRef, shownRef } from '../../views/refs.ts';
import type { Telling } from '../../views/telling.ts';
import { choiceLabel, conflictKindLabel, conflictLines } from '../../views/triage/conflict-lines.ts';
import type { Words } from '../../views/words.ts';
import { jsonDocument } from '../answers/json.ts';
import { answerList, type ListColumn } from '../answers/list.ts';
import { exit } from '../exit.ts';
import { listOptions } from '../options.ts';
import { pickShop, pickShopIfAny, tell } from '../pick.ts';
import type { CommandMaker, Session, Work } from '../session.ts';
import { UsageError } from '../usage-error.ts';

/** The choices as they are typed. */
const typed = {
  keep: 'keep',
  move: 'move-the-link',
  'not-the-same': 'not-the-same',
  'accept-rename': 'accept-rename',
} as const satisfies Readonly<Record<string, ConflictChoice>>;

const typedFor = (choice: ConflictChoice): string =>
  Object.entries(typed).find(([, meant]) => meant === choice)?.[0] ?? choice;

const printCard = ({ out, words }: Session, card: ConflictCard, telling: Telling): void => {
  const lines = conflictLines(card, telling);
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
  out.say([{ text: `  ${words.cli.tip.settle(card.shop.id, shownRef(card.conflict.ref), fitting)}`, tone: 'quiet' }]);
};

const columns = (words: Words): readonly ListColumn<ConflictCard>[] => {
  const { title } = words.cli;
  const name = (card: ConflictCard, index: number): string => {
    const contender = card.contenders[index];
    return contender?.product?.sku ?? contender?.product?.content.name ?? contender?.listing?.content.name ?? '';
  };
  return [
    { id: 'shop', title: title.shop, rank: 0, min: 4, max: 20, text: ({ shop }) => shop.name },
    { id: 'ref', title: title.productId, rank: 0, min: 6, max: 24, text: ({ conflict }) => shownRef(conflict.ref) },
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

const conflicts: Work<Session, { readonly shop?: string }> = async (session, _operands, options) => {
  const { services, out, words } = session;
  const cards = await services.conflicts(await pickShopIfAny(session, options.shop));
  const code = cards.length === 0 ? exit.ok : exit.findings;
  if (session.format === 'json' || session.format === 'csv' || cards.length === 0) {
    await answerList(session, {
      kind: 'conflicts',
      columns: columns(words),
      rows: cards,
      content: { conflicts: cards },
      empty: words.cli.noConflicts,
    });
    return code;
  }
  const known = await tell(session);
  for (const [index, card] of cards.entries()) {
    if (index > 0) out.say();
    printCard(session, card, known);
  }
  out.note();
  out.note([{ text: words.domain.conflicts(number(cards.length, words)), tone: 'strong' }]);
  return code;
};

const settle: Work<Session, { readonly note?: string }> = async (session, operands, options) => {
  const [shopText = '', refText = '', choiceText = ''] = operands;
  const { services, out, words } = session;
  const shop = await pickShop(session, shopText);
  const ref = parseRef(shop.id, refText);
  const choice = Object.entries(typed).find(([name]) => name === choiceText)?.[1];
  if (ref === undefined || choice === undefined)
    throw new UsageError(
      words.cli.usage.invalidArgument(refText),
      words.cli.tip.settle(shop.id, '10234/7', Object.keys(typed).join(' | ')),
    );
  const conflict = await services.settle(ref, choice, options.note);
  if (session.format === 'json') out.data(jsonDocument('settled', { conflict, choice }));
  else out.say(words.cli.settled(`${shop.name} ${shownRef(ref)}`, choiceLabel(choice, words)));
  return exit.ok;
};

/** `conflicts` with both contenders, and `settle` to choose. */
export const addConflicts: CommandMaker = (program, { words, run }) => {
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
};
