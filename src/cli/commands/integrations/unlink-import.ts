import { defineCommand } from '../../define-command.ts';
import { importLinks } from './import-links.ts';

/** `unlink import`: the links that a file names. */
export const unlinkImportCommand = defineCommand({
  name: 'unlink import',
  help: 'unlinkImport',
  arguments: [{ name: '<file>', help: 'linkFile' }],
  options: [{ flags: '--dry-run', help: 'dryRun' }],
  run: importLinks('unlink'),
  examples: ['bindeled unlink import koblinger.csv --dry-run'],
});
