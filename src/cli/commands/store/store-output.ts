import { resolve } from 'node:path';
import { Refusal } from '../../../services/dependencies/refusal.ts';
import { storeDetailLine } from '../../../views/errors/store-detail.ts';
import { storeWarningLine } from '../../../views/errors/store-warning-lines.ts';
import { decimal, number } from '../../../views/format/numbers.ts';
import type { CommandContext } from '../../command-context.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printFacts } from '../../output/print-list.ts';
import type { StoreFindings, StoreMaintenance, StoreSpeed } from '../../store-maintenance.ts';
import { UsageError } from '../../usage-error.ts';

/** A place that was typed, as a whole path; an empty text names none, and not the folder one happens to be in. */
export function typedPlace(context: CommandContext, typed: string, name: string): string {
  const { usage, tip } = context.words.cli;
  if (typed.trim() === '') throw new UsageError(usage.missingArgument(name), tip.help);
  return resolve(typed);
}

/** A size as it is read. */
export const fileSize = (bytes: number, { words }: CommandContext): string => {
  if (bytes < 10_000) return `${number(bytes, words)} B`;
  return bytes < 1_000_000 ? `${decimal(bytes / 1_000, 0, words)} kB` : `${decimal(bytes / 1_000_000, 1, words)} MB`;
};

/** How fast a store is, in words. */
export function storeSpeedLine({ openMs, readMs, writeMs }: StoreSpeed, { words }: CommandContext): string {
  const time = (ms: number): string => `${decimal(ms, ms < 10 ? 1 : 0, words)} ms`;
  return words.cli.storeSpeed(time(openMs), time(readMs), writeMs === undefined ? undefined : time(writeMs));
}

/** What the store holds, and what is worth a look. */
export const printFindings = (context: CommandContext, found: StoreFindings): void => {
  const { words } = context;
  const said = words.cli.fact;
  const { counts, bytes } = found;
  const figure = (value: number): string => number(value, words);
  printFacts(context, [
    [
      said.counts,
      [
        words.domain.products(figure(counts.products)),
        words.domain.integrations(figure(counts.integrations)),
        words.domain.listings(figure(counts.listings)),
        words.domain.conflicts(figure(counts.conflicts)),
      ].join(', '),
    ],
    [said.events, figure(found.events)],
    ...(['snapshot', 'journal', 'history', 'database', 'log'] as const).flatMap((part) => {
      const many = bytes[part];
      return many === undefined ? [] : [[said[part], fileSize(many, context)] as const];
    }),
  ]);
  for (const warning of found.warnings)
    context.out.note([{ text: `! ${storeWarningLine(warning, words)}`, tone: 'waiting' }]);
};

/** Answers that a piece of work on the store is done, and what is there now. */
export const printStoreAnswer = (
  context: CommandContext,
  kind: string,
  said: string,
  content: { readonly findings: StoreFindings },
) => {
  if (context.format === 'json') context.out.data(jsonDocument(kind, content));
  else {
    context.out.say(said);
    printFindings(context, content.findings);
  }
  return exit.ok;
};

/** Refuses where nothing may be changed. */
export const requireWrite = ({ settings }: CommandContext): void => {
  if (settings.readOnly) throw new Refusal('read-only');
};

type Copied = Awaited<ReturnType<StoreMaintenance['restore']>>;
/** Answers that a copy was taken over, or why it was not. */
export const printCopyAnswer = (context: CommandContext, kind: string, copy: string, result: Copied) => {
  const { cli } = context.words;
  if ('badCopy' in result) {
    const { place, detail } = result.badCopy;
    const { copyOf } = result;
    const advice = copyOf === undefined ? cli.badCopyAdvice : cli.badCopyOf[copyOf](copy);
    const said =
      copyOf === undefined ? cli.badCopy(place, storeDetailLine(detail, context.words)) : cli.otherCopy(copy);
    throw new UsageError(said, advice);
  }
  const kept = result.kept === undefined ? [] : [cli.keptBefore(result.kept)];
  return printStoreAnswer(context, kind, [cli.restored(copy), ...kept].join(' '), result);
};
