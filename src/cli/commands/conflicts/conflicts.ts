import type { ConflictCard } from '../../../services/conflicts/conflict-service.ts';
import { goTo, shopIn } from '../../../views/commands/palette.ts';
import { conflictKindLabel, conflictLines, contenderName } from '../../../views/conflicts/conflict-lines.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { formatRef } from '../../../views/format/refs.ts';
import type { Words } from '../../../views/words/words.ts';
import type { CommandHandler, Session } from '../../command-context.ts';
import { defineCommand, listOptions, onScreen, shopOption } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { type ListColumn, printList } from '../../output/print-list.ts';
import { makeFormatContext, resolveOptionalShop } from '../../resolve-arguments.ts';
import { typedFor } from './typed-choices.ts';

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

const pageSize = 500;

const conflicts: CommandHandler<Session, { readonly shop?: string }> = async (session, _operands, options) => {
  const { services, out, words } = session;
  const shopId = await resolveOptionalShop(session, options.shop);
  const cards: ConflictCard[] = [];
  for (;;) {
    const page = await services.conflicts.list({ shopId, after: cards.at(-1), limit: pageSize });
    cards.push(...page);
    if (page.length < pageSize) break;
  }
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

/** `conflicts`: with both contenders. */
export const conflictsCommand = defineCommand({
  name: 'conflicts',
  help: 'conflicts',
  options: [shopOption(), ...listOptions],
  screen: onScreen((line) => goTo({ screen: 'conflicts', shopId: shopIn(line) }), ['--shop']),
  run: conflicts,
  examples: ['bindeled conflicts --shop dk'],
});
