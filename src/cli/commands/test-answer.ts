import type { TestResult } from '../../services/services.ts';
import { span } from '../../views/ages.ts';
import { shopTroubleLines } from '../../views/happenings/trouble-lines.ts';
import { permissionLine, warningSentence } from '../../views/shops/shop-lines.ts';
import { jsonDocument } from '../answers/json.ts';
import { printFacts } from '../answers/list.ts';
import { printTrouble } from '../answers/print-trouble.ts';
import { type ExitCode, exit } from '../exit.ts';
import type { Session } from '../session.ts';

/** Answers with what a test of the connection found: permissions, warnings, what may be chosen. */
export const answerTest = (session: Session, name: string, result: TestResult): ExitCode => {
  const { out, words } = session;
  const code = result.ok ? exit.ok : exit.connection;
  if (session.format === 'json') {
    out.data(jsonDocument('shop-test', { result }));
    return code;
  }
  if (!result.ok) {
    printTrouble(out, shopTroubleLines(result.trouble, name, words));
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
