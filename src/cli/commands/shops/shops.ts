import { toShopId } from '../../../domain/ids.ts';
import { goTo } from '../../../views/commands/palette.ts';
import { defineCommand, onScreen } from '../../define-command.ts';

/** `shops`: the webshops, their health and their keys. */
export const shopsCommand = defineCommand({
  name: 'shops',
  help: 'shops',
  screen: onScreen(({ operands: [id] }) =>
    goTo(id === undefined ? { screen: 'shops' } : { screen: 'shop', shopId: toShopId(id) }),
  ),
  family: true,
  examples: ['bindeled shops', 'bindeled shops show dk'],
});
