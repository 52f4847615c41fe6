import { type GuardQuestion, guardQuestions } from '../../src/domain/push/push-guards.ts';
import type { PushPlan, PushRowResult } from '../../src/domain/push-plan.ts';
import { number } from '../../src/views/format/numbers.ts';
import { shopCode } from '../../src/views/format/refs.ts';
import { pushSummary } from '../../src/views/push/push-lines.ts';
import type { Words } from '../../src/views/words/words.ts';
import { useApp } from '../context/app-context.ts';
import type { Question } from '../context/dialog.ts';

/** From so many rows on the person types the number. */
const confirmFrom = 100;

type Asks = Readonly<Record<GuardQuestion, number>>;

const askedGuards = (asks: Asks): readonly GuardQuestion[] => guardQuestions.filter((question) => asks[question] > 0);

/** One number for each guard, as the command line asks them; a guard left unanswered keeps its rows back. */
const questionsOf = (asks: Asks, send: number, free: number, words: Words): readonly Question[] => [
  ...(send >= confirmFrom ? [{ label: words.screen.typeToConfirm(String(send)), answer: String(send) }] : []),
  // Beside guards that may stay empty, what no guard stops is confirmed by its number too: Enter alone sends nothing.
  ...(send < confirmFrom && free > 0 && askedGuards(asks).length > 0
    ? [{ label: words.screen.unguarded(number(free, words)), answer: String(free) }]
    : []),
  ...askedGuards(asks).map(
    (question): Question => ({
      label: words.screen.guardQuestion[question](number(asks[question], words)),
      answer: String(asks[question]),
      optional: true,
    }),
  ),
];

/** Told how each row ended, and whether none of them is left over. */
type OnResults = (results: readonly PushRowResult[], isWhole: boolean) => void;

/** Asks before a plan goes out: how many, where to, which guards; then applies that very plan. A push cannot be undone, and it says so. */
export function useApplyPush(onResults: OnResults): (plan: PushPlan) => void {
  const { services, words, openDialog, runTask, notify, messages } = useApp();

  const apply = (plan: PushPlan, yes: Partial<Asks>): void =>
    runTask(words.screen.pushing(number(pushSummary(plan.rows).send, words)), async (signal) => {
      const onProgress = (done: number, total: number): void =>
        messages.showProgress(words.screen.pushingAt(number(done, words), number(total, words)));
      const result = await services.push.apply({ planId: plan.id, yes, onProgress }, signal);
      const left = result.refused + result.reRead + result.heldByGuard;
      const isWhole = left === 0 && result.troubles.length === 0 && !result.cancelled;
      onResults(result.results, isWhole);
      notify(
        [
          words.screen.pushedResult(
            number(result.sent, words),
            number(result.refused, words),
            number(result.reRead, words),
            number(result.heldByGuard, words),
          ),
          ...(result.alreadyThere === 0 ? [] : [words.domain.alreadyThere(number(result.alreadyThere, words))]),
        ].join(' '),
        isWhole ? 'good' : 'waiting',
      );
    });
  return (plan) => {
    const { send, asks } = pushSummary(plan.rows);
    if (send === 0) return notify(words.screen.nothingToPush, 'quiet');
    const shops = [...new Set(plan.rows.filter((row) => row.kind === 'send').map((row) => row.shopId))];
    const free = plan.rows.filter((row) => row.kind === 'send' && row.guards.length === 0).length;
    const questions = questionsOf(asks, send, free, words);
    const guards = askedGuards(asks);
    openDialog({
      kind: 'confirm',
      title: words.screen.applyTitle(number(send, words)),
      lines: [
        { text: words.screen.applyTo(shops.map(shopCode).join(', ')) },
        ...(guards.length === 0 ? [] : [{ text: words.screen.guardsExplained, tone: 'waiting' as const }]),
        { text: words.screen.pushNoUndo, tone: 'quiet' },
      ],
      yes: words.screen.applyYes,
      questions,
      onYes: (answers) => {
        const said = answers.slice(questions.length - guards.length);
        const confirmed = guards.filter((_, index) => said[index] !== '');
        if (free === 0 && guards.length > 0 && confirmed.length === 0)
          return notify(words.screen.allHeldBack, 'waiting');
        return apply(plan, Object.fromEntries(confirmed.map((question) => [question, asks[question]])));
      },
    });
  };
}
