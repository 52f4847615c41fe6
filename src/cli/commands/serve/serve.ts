import { defineCommand } from '../../define-command.ts';

/** `serve`: the server and what belongs to it. */
export const serveCommand = defineCommand({
  name: 'serve',
  help: 'serve',
  family: true,
  examples: ['bindeled serve', 'bindeled serve --once', 'bindeled serve status'],
});
