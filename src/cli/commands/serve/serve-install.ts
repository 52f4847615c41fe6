import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CommandContext, CommandHandler } from '../../command-context.ts';
import { defineCommand } from '../../define-command.ts';
import { exit } from '../../exit-codes.ts';
import { jsonDocument } from '../../output/json.ts';
import { UsageError } from '../../usage-error.ts';

const units = ['bindeled.service', 'bindeled-once.service', 'bindeled-once.timer'] as const;

/** The folder of the package, above the file that runs: `dist/main.js` or `src/main.ts`. */
const packageFolder = (): string => dirname(dirname(realpathSync(process.argv[1] ?? '.')));

/** A path as a unit may hold it: no blanks that part it, no signs that mean something there. */
const quoted = (path: string): string =>
  `"${path.replace(/[\\"]/g, '\\$&').replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;

/** A unit with this machine's own program in it. */
const unitText = (name: (typeof units)[number]): string => {
  const folder = packageFolder();
  const program = join(folder, 'bin', 'bindeled');
  const text = readFileSync(join(folder, 'share', 'systemd', name), 'utf8');
  return existsSync(program) ? text.replace('/usr/bin/bindeled', () => quoted(program)) : text;
};

const install: CommandHandler<CommandContext, { readonly print?: boolean; readonly unit: string }> = async (
  { out, words, format },
  _operands,
  { print, unit },
) => {
  if (print !== true) throw new UsageError(words.serve.installHow, 'bindeled serve install --print');
  const name = units.find((one) => one === unit) ?? units[0];
  const text = unitText(name);
  if (format === 'json') out.data(jsonDocument('serve-unit', { name, text }));
  else {
    out.data(text);
    out.note(words.serve.installHint);
  }
  return exit.ok;
};

/** `serve install`: writes the unit out; what root does with it is root's. */
export const serveInstallCommand = defineCommand({
  name: 'serve install',
  help: 'serveInstall',
  options: [
    { flags: '--print', help: 'servePrint' },
    { flags: '--unit <name>', help: 'serveUnit', choices: [...units], byDefault: units[0] },
  ],
  runWithoutStore: install,
  examples: ['bindeled serve install --print', 'bindeled serve install --print --unit bindeled-once.timer'],
});
