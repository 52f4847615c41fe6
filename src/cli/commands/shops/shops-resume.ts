import { defineCommand, shopArgument } from '../../define-command.ts';
import { changeShop } from './change-shop.ts';

/** `shops resume`: asks a paused shop again. */
export const shopsResumeCommand = defineCommand({
  name: 'shops resume',
  help: 'shopsResume',
  arguments: [shopArgument],
  run: changeShop({ paused: false }),
  examples: ['bindeled shops resume dk'],
});
