import { defineCommand, shopArgument } from '../../define-command.ts';
import { changeShop } from './change-shop.ts';

/** `shops pause`: leaves a shop alone until it is resumed. */
export const shopsPauseCommand = defineCommand({
  name: 'shops pause',
  help: 'shopsPause',
  arguments: [shopArgument],
  run: changeShop({ paused: true }),
  examples: ['bindeled shops pause dk'],
});
