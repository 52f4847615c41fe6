import { defineCommand, productArgument, shopOption } from '../../define-command.ts';
import { putMark } from './put-mark.ts';

/** `not-for-this-shop`: a product that a shop is not to have. */
export const notForThisShopCommand = defineCommand({
  name: 'not-for-this-shop',
  help: 'notForThisShop',
  arguments: [productArgument],
  options: [
    shopOption('ofShop', true),
    { flags: '--note <text>', help: 'noteText' },
    { flags: '--until <moment>', help: 'until' },
    { flags: '--off', help: 'markOff' },
  ],
  run: putMark('not-for-this-shop'),
  examples: ['bindeled not-for-this-shop SOK-1 --shop no --note "må ikke sendes dertil"'],
});
