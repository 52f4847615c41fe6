import { defineCommand } from '../../define-command.ts';
import { importLinks } from './import-links.ts';

/** `link import`: the links that a file names. */
export const linkImportCommand = defineCommand({
  name: 'link import',
  help: 'linkImport',
  arguments: [{ name: '<file>', help: 'linkFile' }],
  options: [{ flags: '--dry-run', help: 'dryRun' }],
  run: importLinks('link'),
  examples: ['bindeled link import koblinger.csv --dry-run'],
});
