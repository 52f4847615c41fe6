import { toShopId } from '../../../domain/ids.ts';
import type { PushPlan, PushRow, PushRowResult } from '../../../domain/push-plan.ts';
import type { PushResult } from '../../../services/push/push-service.ts';
import { shopErrorLines } from '../../../views/errors/error-lines.ts';
import type { FormatContext } from '../../../views/format/format-context.ts';
import { number } from '../../../views/format/numbers.ts';
import { atLocation } from '../../../views/format/refs.ts';
import { age } from '../../../views/format/times.ts';
import {
  guardSentence,
  type PushLine,
  pushLine,
  pushResultLine,
  pushResultTone,
  pushSummary,
} from '../../../views/push/push-lines.ts';
import type { Words } from '../../../views/words/words.ts';
import type { Session } from '../../command-context.ts';
import { type ExitCode, exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printError } from '../../output/print-error.ts';
import { type ListColumn, printList, printTable } from '../../output/print-list.ts';
import { loadProducts, makeFormatContext } from '../../resolve-arguments.ts';

type Line = PushLine & { readonly row: PushRow };

const columns = (words: Words): readonly ListColumn<Line>[] => {
  const { title } = words.cli;
  return [
    { id: 'item', title: title.item, rank: 0, min: 8, max: 22, text: (line) => line.item },
    { id: 'shop', title: title.shop, rank: 0, min: 4, max: 20, text: (line) => line.shop },
    { id: 'sum', title: title.sum, rank: 3, min: 10, max: 22, align: 'right', text: (line) => line.sum },
    { id: 'was', title: title.was, rank: 2, min: 4, max: 16, align: 'right', text: (line) => line.was },
    {
      id: 'will',
      title: title.willBe,
      rank: 1,
      min: 4,
      max: 8,
      align: 'right',
      text: (line) => line.willBe,
      tone: (line) => line.tone,
    },
    { id: 'remark', title: title.remark, rank: 1, min: 12, text: (line) => line.remark, tone: (line) => line.tone },
  ];
};

const printGuards = ({ out, words }: Session, plan: PushPlan): void => {
  const { asks } = pushSummary(plan.rows);
  const flags = [
    ['zero', '--yes-zeroes', asks.zeroes],
    ['jump', '--yes-jumps', asks.jumps],
    ['first-push', '--yes-firsts', asks.firsts],
    ['negative', '--yes-negatives', asks.negatives],
    ['changed-in-shop', '--yes-changed', asks.changed],
  ] as const;
  for (const [guard, flag, count] of flags) {
    if (count === 0) continue;
    out.note([
      { text: `! ${number(count, words)} × ${words.domain.guard[guard]}. `, tone: 'waiting' },
      guardSentence(guard, words),
    ]);
    out.note(`    ${flag} ${count}`);
  }
  for (const guard of ['zero-hides', 'by-gtin'] as const)
    if (plan.rows.some((row) => row.guards.includes(guard))) out.note(`! ${guardSentence(guard, words)}`);
};

/** Answers with a plan: every row with its sum, and what it asks before it is sent. */
export const printPlan = async (session: Session, plan: PushPlan, all: boolean): Promise<ExitCode> => {
  const { out, words } = session;
  const known = await makeFormatContext(session);
  const shown = plan.rows.filter(
    (row) => all || session.format === 'csv' || row.kind === 'send' || row.why !== 'unchanged',
  );
  const sums = pushSummary(plan.rows);
  await printList(session, {
    kind: 'push-plan',
    columns: columns(words),
    rows: shown.map((row) => ({ ...pushLine(row, known), row })),
    content: { plan, summary: sums },
    empty: plan.rows.length === 0 ? words.cli.noRows : words.cli.nothingToPush,
  });
  if (session.format === 'text' || session.format === 'plain') {
    out.note();
    const figures = [sums.send, sums.unchanged, sums.skipped].map((value) => number(value, words));
    const [send = '', unchanged = '', skipped = ''] = figures;
    out.note([{ text: words.cli.planSummary({ send, unchanged, skipped }), tone: 'strong' }]);
    printGuards(session, plan);
    if (sums.send > 0) out.note(words.cli.planApply(plan.id, age(session.services.now(), plan.expiresAt, words)));
  }
  return exit.ok;
};

const resultColumns = (formatContext: FormatContext): readonly ListColumn<PushRowResult>[] => {
  const { words } = formatContext;
  const { title } = words.cli;
  return [
    {
      id: 'item',
      title: title.item,
      rank: 0,
      min: 8,
      max: 24,
      text: ({ productId }) => formatContext.productName(productId),
    },
    {
      id: 'shop',
      title: title.shop,
      rank: 0,
      min: 4,
      max: 20,
      text: (result) => atLocation(formatContext.shopName(result.shopId), result),
    },
    {
      id: 'wanted',
      title: title.willBe,
      rank: 1,
      min: 4,
      max: 8,
      align: 'right',
      text: ({ wanted }) => number(wanted, words),
    },
    {
      id: 'outcome',
      title: title.outcome,
      rank: 0,
      min: 16,
      text: (result) => pushResultLine(result, formatContext),
      tone: pushResultTone,
    },
  ];
};

/** How a push ends: interrupted, nothing reached, some not reached, some refused or held back. */
export function pushExit(result: PushResult): ExitCode {
  if (result.cancelled) return exit.interrupted;
  if (result.troubles.length > 0) return result.sent === 0 ? exit.connection : exit.partial;
  return result.refused + result.heldByGuard + result.reRead > 0 ? exit.findings : exit.ok;
}

/** Rows held back that are still worth a line each. */
const heldShown = 20;

/** Answers with what became of a plan, row by row. */
export const printPushResult = async (
  session: Session,
  plan: PushPlan,
  { result, all }: { readonly result: PushResult; readonly all: boolean },
): Promise<ExitCode> => {
  const { out, words } = session;
  const code = pushExit(result);
  if (session.format === 'json') {
    out.data(jsonDocument('push-result', { result }));
    return code;
  }
  const known = await makeFormatContext(
    session,
    await loadProducts(
      session,
      result.results.map((row) => row.productId),
    ),
  );
  // Many that a guard holds are counted below, by guard; row by row they stand in the preview.
  const isShown = all || result.heldByGuard <= heldShown;
  const rows = result.results.filter(({ kind }) => isShown || kind !== 'held-by-guard');
  if (rows.length > 0) printTable(session, resultColumns(known), rows);
  const [sent = '', refused = '', held = '', reRead = ''] = [
    result.sent,
    result.refused,
    result.heldByGuard,
    result.reRead,
  ].map((value) => number(value, words));
  out.note();
  out.note([{ text: words.cli.pushSummary({ sent, refused, held, reRead }), tone: 'strong' }]);
  if (result.alreadyThere > 0) out.note(words.domain.alreadyThere(number(result.alreadyThere, words)));
  if (result.heldByGuard > 0) {
    printGuards(session, plan);
    const isOpen = plan.appliedAt === undefined;
    out.note(isOpen ? words.cli.planStillGood(plan.id) : words.cli.planUsedUp);
  }
  for (const trouble of result.troubles)
    printError(out, shopErrorLines(trouble, known.shopName(toShopId(trouble.detail.shop)), words));
  return code;
};
