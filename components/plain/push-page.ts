import { guardQuestions } from '../../src/domain/push/push-guards.ts';
import type { PushPlan } from '../../src/domain/push-plan.ts';
import type { PushRequest } from '../../src/services/push/push-service.ts';
import { shopErrorLines } from '../../src/views/errors/error-lines.ts';
import { number } from '../../src/views/format/numbers.ts';
import { pushLine, pushResultLine, pushSummary } from '../../src/views/push/push-lines.ts';
import { answers } from '../context/dialog.ts';
import { confirmTyped, joinParts, list, type PlainContext } from './plain-context.ts';

/** Asks each guard for its number; what is left empty stays here. Nothing when a number was wrong. */
async function askGuards(context: PlainContext, plan: PushPlan): Promise<Readonly<Record<string, number>> | undefined> {
  const { words, ask, print } = context;
  const { asks } = pushSummary(plan.rows);
  const yes: Record<string, number> = {};
  for (const question of guardQuestions) {
    const count = asks[question];
    if (count === 0) continue;
    const answer = (await ask(words.screen.guardQuestion[question](number(count, words)))) ?? '';
    if (answer === '') continue;
    if (!answers(answer, String(count))) {
      print(words.screen.plain.notDone);
      return undefined;
    }
    yes[question] = count;
  }
  return yes;
}

/** Says what the shops would be told, asks, and tells them exactly that. */
export async function push(context: PlainContext, request: PushRequest = {}): Promise<void> {
  const { services, words, print, signal } = context;
  const plan = await services.push.plan(request);
  const { send } = pushSummary(plan.rows);
  const said = context.formatFor();
  const worth = plan.rows.filter((row) => row.kind === 'send' || row.why !== 'unchanged');
  list(
    context,
    worth.map((row) => {
      const line = pushLine(row, said);
      return joinParts(line.item, line.shop, line.sum, `${line.was} -> ${line.willBe}`, line.remark);
    }),
  );
  if (send === 0) return print(words.screen.nothingToPush);
  print(words.screen.applyTitle(number(send, words)));
  print(words.screen.guardsExplained);
  print(words.screen.pushNoUndo);
  const yes = await askGuards(context, plan);
  if (yes === undefined || !(await confirmTyped(context, String(send)))) return;
  const result = await services.push.apply({ planId: plan.id, yes }, signal);
  list(
    context,
    result.results.map((one) =>
      joinParts(said.productName(one.productId), said.shopName(one.shopId), pushResultLine(one, said)),
    ),
  );
  const { sent, refused, reRead, heldByGuard } = result;
  print(
    words.screen.pushedResult(
      number(sent, words),
      number(refused, words),
      number(reRead, words),
      number(heldByGuard, words),
    ),
  );
  for (const trouble of result.troubles) print(shopErrorLines(trouble, '', words).said);
}
