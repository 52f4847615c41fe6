import { type PushRow, type PushRowResult, pushRowKey } from '../../domain/push-plan.ts';
import type { FormatContext } from '../format/format-context.ts';
import { cleanName } from '../text/cell-text.ts';
import type { Piece, Tone } from '../text/tones.ts';
import type { Words } from '../words/words.ts';
import { pushLine, pushResultLine, pushResultTone } from './push-lines.ts';

export type RowState = { readonly sign: string; readonly text: string; readonly tone: Tone };

/** How the rows of a plan ended, by `pushRowKey`; empty: it did not go out. */
export type RowResults = ReadonlyMap<string, PushRowResult>;

/** How a row of a plan stands: before it goes out what it is about to do, and afterwards how it ended. */
export function rowState(row: PushRow, results: RowResults, words: Words): RowState {
  const result = results.get(pushRowKey(row));
  if (result !== undefined) return endedState(result, words);
  const { pushState } = words.screen;
  if (row.kind === 'skip') {
    return row.why === 'unchanged'
      ? { sign: '·', text: pushState.same, tone: 'quiet' }
      : { sign: '✗', text: pushState.skip, tone: 'wrong' };
  }
  // The others had their turn: this one was broken off.
  if (results.size > 0) return { sign: '◐', text: pushState.left, tone: 'waiting' };
  return row.guards.length > 0
    ? { sign: '▲', text: pushState.asks, tone: 'waiting' }
    : { sign: '›', text: pushState.send, tone: row.unreadable === undefined ? 'accent' : 'waiting' };
}

function endedState(result: PushRowResult, { domain, screen }: Words): RowState {
  switch (result.kind) {
    case 'sent':
      return { sign: '✓', text: domain.pushed.sent, tone: 'good' };
    case 'already-there':
      return { sign: '✓', text: screen.pushState.same, tone: 'good' };
    case 're-read':
      return { sign: '◐', text: result.written === true ? domain.pushed.sent : screen.pushState.left, tone: 'waiting' };
    case 'held-by-guard':
      return { sign: '◐', text: screen.pushState.skip, tone: 'waiting' };
    case 'superseded':
      return { sign: '·', text: screen.pushState.left, tone: 'quiet' };
    case 'refused':
      return { sign: '✗', text: domain.pushed.refused, tone: 'wrong' };
    default:
      return result satisfies never;
  }
}

/** What is to be said of a row: what to mind before it goes out, and afterwards how it ended. */
export function rowRemark(
  row: PushRow,
  result: PushRowResult | undefined,
  format: FormatContext,
): { readonly text: string; readonly tone: Tone } {
  if (result !== undefined) return { text: pushResultLine(result, format), tone: pushResultTone(result) };
  const { remark, tone } = pushLine(row, format);
  return { text: remark, tone };
}

/** What a row is called, and its remark in full, for beneath a list that has no room for them. */
export function pushFooter(row: PushRow, result: PushRowResult | undefined, format: FormatContext): readonly Piece[] {
  const { text, tone } = rowRemark(row, result, format);
  return [{ text: cleanName(row.name), tone: 'strong' }, ...(text === '' ? [] : [{ text: `: ${text}`, tone }])];
}
