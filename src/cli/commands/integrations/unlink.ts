import { defineCommand } from '../../define-command.ts';

/** `unlink`: takes links away that a file names. */
export const unlinkCommand = defineCommand({
  name: 'unlink',
  help: 'unlink',
  family: true,
  examples: ['bindeled unlink import koblinger.csv --dry-run'],
});
