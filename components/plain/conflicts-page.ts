import type { ShopId } from '../../src/domain/ids.ts';
import type { ConflictCard } from '../../src/services/conflicts/conflict-service.ts';
import { conflictLines } from '../../src/views/conflicts/conflict-lines.ts';
import { choose, confirmTyped, joinParts, type PlainContext } from './plain-context.ts';

async function resolveConflict(context: PlainContext, card: ConflictCard): Promise<void> {
  const { services, words, print } = context;
  const lines = conflictLines(card, context.formatFor(card.contenders.flatMap((one) => one.product ?? [])));
  print(`${lines.shop}: ${lines.sentence}`);
  for (const contender of lines.contenders) print(joinParts(contender.role, contender.name, ...contender.facts));
  const chosen = await choose(
    context,
    lines.choices.map((one) => `${one.label}: ${one.does}`),
  );
  const choice = chosen === undefined ? undefined : lines.choices[chosen];
  if (choice === undefined) return;
  print(words.screen.settleTitle(choice.label, lines.ref));
  print(words.domain.choiceEffect.undo);
  if (!(await confirmTyped(context, card.shop.id))) return;
  await services.conflicts.resolve(card.conflict.ref, choice.choice);
  print(words.screen.settled(choice.label));
}

/** So many are read out. */
const maxShown = 100;

/** Says the newest conflicts; a chosen one with both contenders and what each choice does, and carries a choice out. */
export async function conflicts(context: PlainContext, shopId?: ShopId): Promise<void> {
  const { services, words, print } = context;
  const cards = await services.conflicts.list({ shopId, limit: maxShown });
  if (cards.length === 0) return print(words.screen.noConflicts);
  const chosen = await choose(
    context,
    cards.map((card) => {
      const lines = conflictLines(card, context.formatFor(card.contenders.flatMap((one) => one.product ?? [])));
      return `${lines.shop}: ${lines.sentence}`;
    }),
  );
  const card = chosen === undefined ? undefined : cards[chosen];
  if (card !== undefined) await resolveConflict(context, card);
}
