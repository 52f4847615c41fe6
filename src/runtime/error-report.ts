import { CommanderError } from 'commander';
import { type ExitCode, exit } from '../cli/exit-codes.ts';
import { UsageError } from '../cli/usage-error.ts';
import { ShopError } from '../ports/shop-error.ts';
import { StoreError } from '../ports/store-error.ts';
import { Refusal, type RefusalKind } from '../services/dependencies/refusal.ts';
import { SettingsError, type SettingsProblem } from '../settings.ts';
import { type ErrorLines, refusalLines, shopErrorLines } from '../views/errors/error-lines.ts';
import { shapeReason } from '../views/errors/shape-reason.ts';
import { storeErrorLines } from '../views/errors/store-error-lines.ts';
import type { Words } from '../views/words/words.ts';
import { CredentialsError } from './credentials.ts';
import { ListenError } from './listen-error.ts';

/** An error as a person and a script meet it: words, an exit code, and a kind that stays the same in every language. */
export type ErrorReport = {
  readonly exit: ExitCode;
  readonly sort: 'refusal' | 'shop' | 'store' | 'settings' | 'credentials' | 'usage' | 'bug';
  readonly kind: string;
  readonly lines: ErrorLines;
};

/** What a person typed was wrong, as opposed to what cannot be done now. */
const usageRefusals: readonly RefusalKind[] = [
  'unknown-shop',
  'shop-exists',
  'address-taken',
  'id-too-like',
  'id-reserved',
  'bad-value',
  'needs-number',
  'needs-reason',
  'choice-does-not-fit',
];

const refusalExit = (kind: RefusalKind): ExitCode => {
  if (kind === 'no-credentials') return exit.connection;
  return usageRefusals.includes(kind) ? exit.usage : exit.findings;
};

/** One thing that is wrong with the settings, with file and key. */
export const settingsProblemLine = (problem: SettingsProblem, words: Words): string => {
  const where = problem.where === 'environment' ? words.cli.environment : problem.where;
  const place = problem.key === '' ? where : `${where}: ${problem.key}`;
  if (problem.what === 'does-not-fit' || problem.what === 'ends-early' || problem.what === 'key-twice') {
    const [line = '', column = '', ...key] = problem.said.split(':');
    return `${place} ${words.cli.settingsNotJson[problem.what](line, column, key.join(':'))}`;
  }
  const said = words.cli.settingsProblem[problem.what];
  if (problem.what === 'no-folder') return `${place} ${said}`;
  if (problem.what === 'unknown-key')
    return problem.said === '' ? `${place}: ${said}` : `${place}: ${said} (${problem.said}?)`;
  const reason = problem.what === 'wrong' && problem.key !== '' ? shapeReason(problem.said, words) : undefined;
  if (reason !== undefined) return `${place} ${reason}`;
  return problem.said === '' ? `${place} ${said}` : `${place}: ${said} (${problem.said})`;
};

/** What an error says to a person. Anything that is not foreseen is a bug, and is called one. */
export function errorReportOf(error: unknown, words: Words, logFile: string): ErrorReport {
  if (error instanceof Refusal) {
    return { exit: refusalExit(error.kind), sort: 'refusal', kind: error.kind, lines: refusalLines(error, words) };
  }
  if (error instanceof ShopError) {
    const lines = shopErrorLines(error, error.detail.shop, words);
    const code = error.kind === 'cancelled' ? exit.interrupted : exit.connection;
    return { exit: code, sort: 'shop', kind: error.kind, lines };
  }
  if (error instanceof StoreError) {
    return { exit: exit.store, sort: 'store', kind: error.kind, lines: storeErrorLines(error, words) };
  }
  if (error instanceof SettingsError) {
    const details = error.problems.map((problem) => settingsProblemLine(problem, words));
    const isHome = error.problems.every(({ what }) => what === 'no-folder');
    const lines = { ...words.cli[isHome ? 'badHome' : 'badSettings'], details };
    return { exit: exit.usage, sort: 'settings', kind: 'bad-settings', lines };
  }
  if (error instanceof ListenError) {
    const { said, advice } = words.cli.cannotListen[error.problem];
    const lines = { said: said(error), details: [error.where], advice: advice(error) };
    return { exit: exit.usage, sort: 'settings', kind: error.problem, lines };
  }
  if (error instanceof CredentialsError) {
    const { said, advice } = words.cli.badCredentials[error.kind];
    const lines = { said, details: [error.file], advice: advice(error.file) };
    return { exit: exit.connection, sort: 'credentials', kind: error.kind, lines };
  }
  if (error instanceof UsageError) {
    const lines = { said: error.message, details: [], advice: error.advice };
    return { exit: exit.usage, sort: 'usage', kind: 'usage', lines };
  }
  // What commander's readers of values throw also when a command calls them itself.
  if (error instanceof CommanderError) {
    const lines = { said: error.message, details: [], advice: words.cli.tip.help };
    return { exit: exit.usage, sort: 'usage', kind: 'usage', lines };
  }
  const said = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const lines = { said: words.cli.bug.said, details: [said], advice: words.cli.bug.advice(logFile) };
  return { exit: exit.bug, sort: 'bug', kind: 'bug', lines };
}
