import { resolve } from 'node:path';
import { Refusal } from '../../../services/dependencies/refusal.ts';
import { storeErrorLines } from '../../../views/errors/error-lines.ts';
import { storeWarningLine } from '../../../views/errors/store-warning-lines.ts';
import { decimal, number } from '../../../views/format/numbers.ts';
import type { AddCommand, CommandContext, CommandHandler } from '../../command-context.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printError } from '../../output/print-error.ts';
import { printFacts } from '../../output/print-list.ts';
import type { StoreFindings, StoreMaintenance } from '../../store-maintenance.ts';
import { UsageError } from '../../usage-error.ts';

const size = (bytes: number, { words }: CommandContext): string => {
  if (bytes < 10_000) return `${number(bytes, words)} B`;
  return bytes < 1_000_000 ? `${decimal(bytes / 1_000, 0, words)} kB` : `${decimal(bytes / 1_000_000, 1, words)} MB`;
};

const printFindings = (context: CommandContext, found: StoreFindings): void => {
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
    [said.snapshot, size(bytes.snapshot, context)],
    [said.journal, size(bytes.journal, context)],
    [said.history, size(bytes.history, context)],
  ]);
  for (const warning of found.warnings)
    context.out.note([{ text: `! ${storeWarningLine(warning, words)}`, tone: 'waiting' }]);
};

const answer = (context: CommandContext, kind: string, said: string, content: { readonly findings: StoreFindings }) => {
  if (context.format === 'json') context.out.data(jsonDocument(kind, content));
  else {
    context.out.say(said);
    printFindings(context, content.findings);
  }
  return exit.ok;
};

const mayWrite = ({ settings }: CommandContext): void => {
  if (settings.readOnly) throw new Refusal('read-only');
};

const check: CommandHandler<CommandContext, object> = async (context) => {
  const { out, words } = context;
  const maintenance = await context.storeMaintenance();
  const result = await maintenance.check();
  if (context.format === 'json') {
    const { kind, place, detail } = result.ok
      ? { kind: undefined, place: undefined, detail: undefined }
      : result.trouble;
    out.data(
      jsonDocument(
        'store-check',
        result.ok
          ? { folder: maintenance.folder, ...result }
          : { folder: maintenance.folder, ok: false, trouble: { kind, place, detail } },
      ),
    );
    return result.ok ? exit.ok : exit.store;
  }
  if (!result.ok) {
    printError(out, storeErrorLines(result.trouble, words));
    return exit.store;
  }
  out.say([{ text: `✓ ${words.cli.storeSound(maintenance.folder)}`, tone: 'good' }]);
  printFindings(context, result.found);
  return exit.ok;
};

const stamped = (): string => new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');

const backup: CommandHandler<CommandContext, object> = async (context, [target]) => {
  const maintenance = await context.storeMaintenance();
  const folder = resolve(target ?? `${maintenance.folder}-backup-${stamped()}`);
  const result = await maintenance.backup(folder);
  if (result === undefined) throw new UsageError(context.words.cli.file.exists(folder), context.words.cli.file.advice);
  return answer(context, 'store-backup', context.words.cli.backedUp(result.folder), result);
};

type Copied = Awaited<ReturnType<StoreMaintenance['restore']>>;
const answerCopy = (context: CommandContext, kind: string, copy: string, result: Copied) => {
  const { cli } = context.words;
  if ('badCopy' in result) {
    const { place, detail } = result.badCopy;
    throw new UsageError(cli.badCopy(place, detail), cli.badCopyAdvice);
  }
  const kept = result.kept === undefined ? [] : [cli.keptBefore(result.kept)];
  return answer(context, kind, [cli.restored(copy), ...kept].join(' '), result);
};

const restore: CommandHandler<CommandContext, object> = async (context, [source = '']) => {
  mayWrite(context);
  const maintenance = await context.storeMaintenance();
  const copy = resolve(source);
  return answerCopy(context, 'store-restore', copy, await maintenance.restore(copy));
};

const compact: CommandHandler<CommandContext, object> = async (context) => {
  mayWrite(context);
  const { before, after } = await (await context.storeMaintenance()).compact();
  const total = ({ bytes }: StoreFindings): number => bytes.snapshot + bytes.journal + bytes.history;
  const said = context.words.cli.compacted(size(total(before), context), size(total(after), context));
  return answer(context, 'store-compact', said, { findings: after });
};

const exportTo: CommandHandler<CommandContext, object> = async (context, [target]) => {
  const maintenance = await context.storeMaintenance();
  if (target === undefined || target === '-') {
    for await (const piece of maintenance.exported()) context.out.data(piece);
    return exit.ok;
  }
  if (!(await maintenance.exportTo(resolve(target)))) {
    throw new UsageError(context.words.cli.file.exists(target), context.words.cli.file.advice);
  }
  if (context.format === 'json') context.out.data(jsonDocument('store-export', { file: resolve(target) }));
  else context.out.say(context.words.cli.exported(resolve(target)));
  return exit.ok;
};

const importFrom: CommandHandler<CommandContext, object> = async (context, [source = '']) => {
  mayWrite(context);
  const maintenance = await context.storeMaintenance();
  const copy = resolve(source);
  return answerCopy(context, 'store-import', copy, await maintenance.importFrom(copy));
};

/** `store`: looking after the files that everything lies in. */
export const addStore: AddCommand = (program, { words, runWithoutStore }) => {
  const said = words.cli.help;
  const store = program.command('store').description(said.store);
  store.command('check').description(said.storeCheck).action(runWithoutStore(check));
  store
    .command('backup')
    .argument('[folder]', said.folder)
    .description(said.storeBackup)
    .action(runWithoutStore(backup));
  store
    .command('restore')
    .argument('<folder>', said.folder)
    .description(said.storeRestore)
    .action(runWithoutStore(restore));
  store.command('compact').description(said.storeCompact).action(runWithoutStore(compact));
  store.command('export').argument('[file]', said.file).description(said.storeExport).action(runWithoutStore(exportTo));
  store
    .command('import')
    .argument('<file>', said.file)
    .description(said.storeImport)
    .action(runWithoutStore(importFrom));
};
