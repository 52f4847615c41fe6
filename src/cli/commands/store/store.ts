import { defineCommand } from '../../define-command.ts';

/** `store`: looking after the files that everything lies in. */
export const storeCommand = defineCommand({
  name: 'store',
  help: 'store',
  family: true,
  examples: ['bindeled store check'],
});
