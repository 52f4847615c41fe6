import type { ConnectionTest } from '../../../services/shops/shop-service.ts';
import { shopErrorLines } from '../../../views/errors/error-lines.ts';
import { span } from '../../../views/format/times.ts';
import { permissionLine, warningSentence } from '../../../views/shops/shop-lines.ts';
import type { Session } from '../../command-context.ts';
import { type ExitCode, exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { printError } from '../../output/print-error.ts';
import { printFacts } from '../../output/print-list.ts';

/** Answers with what a test of the connection found: permissions, warnings, what may be chosen. */
export const printTestResult = (session: Session, name: string, result: ConnectionTest): ExitCode => {
  const { out, words } = session;
  const code = result.ok ? exit.ok : exit.connection;
  if (session.format === 'json') {
    out.data(jsonDocument('shop-test', { result }));
    return code;
  }
  if (!result.ok) {
    printError(out, shopErrorLines(result.trouble, name, words));
    return code;
  }
  const { report } = result;
  out.say([{ text: `✓ ${words.cli.connected(name)}`, tone: 'good' }, ` (${span(result.tookMs, words)})`]);
  printFacts(
    session,
    [
      [words.cli.fact.calledItself, report.shopName ?? report.identity],
      [words.cli.fact.version, report.version ?? ''],
      [words.cli.fact.currency, report.currency ?? ''],
      [words.cli.fact.timeZone, report.timeZone ?? ''],
    ],
    '  ',
  );
  for (const permission of report.permissions) {
    const missing = permission.granted === false;
    const sign = missing ? '×' : permission.granted === undefined ? '?' : '✓';
    const tone = missing ? (permission.needed ? 'wrong' : 'waiting') : 'good';
    out.say(['  ', { text: sign, tone }, ` ${permissionLine(permission, words)}`]);
  }
  for (const warning of report.warnings) out.say([{ text: `  ! ${warningSentence(warning, words)}`, tone: 'waiting' }]);
  for (const { option, value, label, usual } of report.choices)
    out.say(`  --option ${option}=${value}  ${label}${usual ? ` (${words.cli.usual})` : ''}`);
  const lacks = report.permissions.some(({ granted, needed }) => needed && granted === false);
  return lacks ? exit.connection : code;
};
