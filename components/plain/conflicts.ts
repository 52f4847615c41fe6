import type { ShopId } from '../../src/domain/ids.ts';
import type { ConflictCard } from '../../src/services/services.ts';
import { conflictLines } from '../../src/views/triage/conflict-lines.ts';
import { choose, joined, meant, type PlainRoom } from './room.ts';

async function settle(room: PlainRoom, card: ConflictCard): Promise<void> {
  const { services, words, say } = room;
  const lines = conflictLines(card, room.telling(card.contenders.flatMap((one) => one.product ?? [])));
  say(`${lines.shop}: ${lines.sentence}`);
  for (const contender of lines.contenders) say(joined(contender.role, contender.name, ...contender.facts));
  const chosen = await choose(
    room,
    lines.choices.map((one) => `${one.label}: ${one.does}`),
  );
  const choice = chosen === undefined ? undefined : lines.choices[chosen];
  if (choice === undefined) return;
  say(words.screen.settleTitle(choice.label, lines.ref));
  say(words.domain.choiceEffect.undo);
  if (!(await meant(room, card.shop.id))) return;
  await services.settle(card.conflict.ref, choice.choice);
  say(words.screen.settled(choice.label));
}

/** Says the conflicts; a chosen one with both contenders and what each choice does, and carries a choice out. */
export async function conflicts(room: PlainRoom, shopId?: ShopId): Promise<void> {
  const { services, words, say } = room;
  const cards = await services.conflicts(shopId);
  if (cards.length === 0) return say(words.screen.noConflicts);
  const chosen = await choose(
    room,
    cards.map((card) => {
      const lines = conflictLines(card, room.telling(card.contenders.flatMap((one) => one.product ?? [])));
      return `${lines.shop}: ${lines.sentence}`;
    }),
  );
  const card = chosen === undefined ? undefined : cards[chosen];
  if (card !== undefined) await settle(room, card);
}
