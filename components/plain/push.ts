import type { PushPlan } from '../../src/domain/push.ts';
import { guardQuestions } from '../../src/domain/pushing/push-guards.ts';
import type { PushRequest } from '../../src/services/services.ts';
import { shopTroubleLines } from '../../src/views/happenings/trouble-lines.ts';
import { number } from '../../src/views/numbers.ts';
import { pushLine, pushResultLine, pushSummary } from '../../src/views/pushing/push-lines.ts';
import { answers } from '../dialog.ts';
import { joined, list, meant, type PlainRoom } from './room.ts';

/** Asks each guard for its number; what is left empty stays here. Nothing when a number was wrong. */
async function askGuards(room: PlainRoom, plan: PushPlan): Promise<Readonly<Record<string, number>> | undefined> {
  const { words, ask, say } = room;
  const { asks } = pushSummary(plan.rows);
  const yes: Record<string, number> = {};
  for (const question of guardQuestions) {
    const count = asks[question];
    if (count === 0) continue;
    const answer = (await ask(words.screen.guardQuestion[question](number(count, words)))) ?? '';
    if (answer === '') continue;
    if (!answers(answer, String(count))) {
      say(words.screen.plain.notDone);
      return undefined;
    }
    yes[question] = count;
  }
  return yes;
}

/** Says what the shops would be told, asks, and tells them exactly that. */
export async function push(room: PlainRoom, request: PushRequest = {}): Promise<void> {
  const { services, words, say, signal } = room;
  const plan = await services.planPush(request);
  const { send } = pushSummary(plan.rows);
  const said = room.telling();
  const worth = plan.rows.filter((row) => row.kind === 'send' || row.why !== 'unchanged');
  list(
    room,
    worth.map((row) => {
      const line = pushLine(row, said);
      return joined(line.item, line.shop, line.sum, `${line.was} -> ${line.willBe}`, line.remark);
    }),
  );
  if (send === 0) return say(words.screen.nothingToPush);
  say(words.screen.applyTitle(number(send, words)));
  say(words.screen.guardsExplained);
  say(words.screen.pushNoUndo);
  const yes = await askGuards(room, plan);
  if (yes === undefined || !(await meant(room, String(send)))) return;
  const result = await services.applyPush({ planId: plan.id, yes }, signal);
  list(
    room,
    result.results.map((one) =>
      joined(said.productName(one.productId), said.shopName(one.shopId), pushResultLine(one, said)),
    ),
  );
  const { sent, refused, reRead, heldByGuard } = result;
  say(
    words.screen.pushedResult(
      number(sent, words),
      number(refused, words),
      number(reRead, words),
      number(heldByGuard, words),
    ),
  );
  for (const trouble of result.troubles) say(shopTroubleLines(trouble, '', words).said);
}
