import { defineCommand, shopArgument } from '../../define-command.ts';
import { changeShop, shopOptions } from './change-shop.ts';

/** `shops change`: changes what is set up of a shop. */
export const shopsChangeCommand = defineCommand({
  name: 'shops change',
  help: 'shopsChange',
  arguments: [shopArgument],
  options: [...shopOptions, { flags: '--accept-identity <name>', help: 'acceptIdentity' }],
  run: changeShop({}),
  examples: [
    'bindeled shops change dk --name "Nordlys DK"',
    'bindeled shops change dk --negative hold-at-zero',
    'bindeled shops change dk --accept-identity shop.example',
  ],
});
