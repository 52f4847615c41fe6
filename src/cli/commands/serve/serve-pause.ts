import { defineCommand, shopArgument } from '../../define-command.ts';
import { changeShop } from '../shops/change-shop.ts';

/** `serve pause`: no server reads or writes this shop until it is resumed. */
export const servePauseCommand = defineCommand({
  name: 'serve pause',
  help: 'servePause',
  arguments: [shopArgument],
  run: changeShop({ paused: true }),
  examples: ['bindeled serve pause dk'],
});

/** `serve resume`. */
export const serveResumeCommand = defineCommand({
  name: 'serve resume',
  help: 'serveResume',
  arguments: [shopArgument],
  run: changeShop({ paused: false }),
  examples: ['bindeled serve resume dk'],
});
