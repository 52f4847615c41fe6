import { resolve } from 'node:path';
import { Refusal } from '../../services/services.ts';
import { storeWarningLine } from '../../views/happenings/store-warning-lines.ts';
import { storeTroubleLines } from '../../views/happenings/trouble-lines.ts';
import { decimal, number } from '../../views/numbers.ts';
import { jsonDocument } from '../answers/json.ts';
import { printFacts } from '../answers/list.ts';
import { printTrouble } from '../answers/print-trouble.ts';
import { exit } from '../exit.ts';
import type { CommandMaker, Desk, Work } from '../session.ts';
import type { StoreCare, StoreFindings } from '../store-care.ts';
import { UsageError } from '../usage-error.ts';

const size = (bytes: number, { words }: Desk): string => {
  if (bytes < 10_000) return `${number(bytes, words)} B`;
  return bytes < 1_000_000 ? `${decimal(bytes / 1_000, 0, words)} kB` : `${decimal(bytes / 1_000_000, 1, words)} MB`;
};

const printFindings = (desk: Desk, found: StoreFindings): void => {
  const { words } = desk;
  const said = words.cli.fact;
  const { counts, bytes } = found;
  const figure = (value: number): string => number(value, words);
  printFacts(desk, [
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
    [said.snapshot, size(bytes.snapshot, desk)],
    [said.journal, size(bytes.journal, desk)],
    [said.history, size(bytes.history, desk)],
  ]);
  for (const warning of found.warnings)
    desk.out.note([{ text: `! ${storeWarningLine(warning, words)}`, tone: 'waiting' }]);
};

const answer = (desk: Desk, kind: string, said: string, content: { readonly findings: StoreFindings }) => {
  if (desk.format === 'json') desk.out.data(jsonDocument(kind, content));
  else {
    desk.out.say(said);
    printFindings(desk, content.findings);
  }
  return exit.ok;
};

const mayWrite = ({ settings }: Desk): void => {
  if (settings.readOnly) throw new Refusal('read-only');
};

const check: Work<Desk, object> = async (desk) => {
  const { out, words } = desk;
  const care = await desk.storeCare();
  const result = await care.check();
  if (desk.format === 'json') {
    const { kind, place, detail } = result.ok
      ? { kind: undefined, place: undefined, detail: undefined }
      : result.trouble;
    out.data(
      jsonDocument(
        'store-check',
        result.ok
          ? { folder: care.folder, ...result }
          : { folder: care.folder, ok: false, trouble: { kind, place, detail } },
      ),
    );
    return result.ok ? exit.ok : exit.store;
  }
  if (!result.ok) {
    printTrouble(out, storeTroubleLines(result.trouble, words));
    return exit.store;
  }
  out.say([{ text: `✓ ${words.cli.storeSound(care.folder)}`, tone: 'good' }]);
  printFindings(desk, result.found);
  return exit.ok;
};

const stamped = (): string => new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-');

const backup: Work<Desk, object> = async (desk, [target]) => {
  const care = await desk.storeCare();
  const folder = resolve(target ?? `${care.folder}-backup-${stamped()}`);
  const result = await care.backup(folder);
  if (result === undefined) throw new UsageError(desk.words.cli.file.exists(folder), desk.words.cli.file.advice);
  return answer(desk, 'store-backup', desk.words.cli.backedUp(result.folder), result);
};

type Copied = Awaited<ReturnType<StoreCare['restore']>>;
const answerCopy = (desk: Desk, kind: string, copy: string, result: Copied) => {
  const { cli } = desk.words;
  if ('badCopy' in result) {
    const { place, detail } = result.badCopy;
    throw new UsageError(cli.badCopy(place, detail), cli.badCopyAdvice);
  }
  const kept = result.kept === undefined ? [] : [cli.keptBefore(result.kept)];
  return answer(desk, kind, [cli.restored(copy), ...kept].join(' '), result);
};

const restore: Work<Desk, object> = async (desk, [source = '']) => {
  mayWrite(desk);
  const care = await desk.storeCare();
  const copy = resolve(source);
  return answerCopy(desk, 'store-restore', copy, await care.restore(copy));
};

const compact: Work<Desk, object> = async (desk) => {
  mayWrite(desk);
  const { before, after } = await (await desk.storeCare()).compact();
  const total = ({ bytes }: StoreFindings): number => bytes.snapshot + bytes.journal + bytes.history;
  const said = desk.words.cli.compacted(size(total(before), desk), size(total(after), desk));
  return answer(desk, 'store-compact', said, { findings: after });
};

const exportTo: Work<Desk, object> = async (desk, [target]) => {
  const care = await desk.storeCare();
  if (target === undefined || target === '-') {
    for await (const piece of care.exported()) desk.out.data(piece);
    return exit.ok;
  }
  if (!(await care.exportTo(resolve(target)))) {
    throw new UsageError(desk.words.cli.file.exists(target), desk.words.cli.file.advice);
  }
  if (desk.format === 'json') desk.out.data(jsonDocument('store-export', { file: resolve(target) }));
  else desk.out.say(desk.words.cli.exported(resolve(target)));
  return exit.ok;
};

const importFrom: Work<Desk, object> = async (desk, [source = '']) => {
  mayWrite(desk);
  const care = await desk.storeCare();
  const copy = resolve(source);
  return answerCopy(desk, 'store-import', copy, await care.importFrom(copy));
};

/** `store`: looking after the files that everything lies in. */
export const addStoreCare: CommandMaker = (program, { words, runClosed }) => {
  const said = words.cli.help;
  const store = program.command('store').description(said.store);
  store.command('check').description(said.storeCheck).action(runClosed(check));
  store.command('backup').argument('[folder]', said.folder).description(said.storeBackup).action(runClosed(backup));
  store.command('restore').argument('<folder>', said.folder).description(said.storeRestore).action(runClosed(restore));
  store.command('compact').description(said.storeCompact).action(runClosed(compact));
  store.command('export').argument('[file]', said.file).description(said.storeExport).action(runClosed(exportTo));
  store.command('import').argument('<file>', said.file).description(said.storeImport).action(runClosed(importFrom));
};
