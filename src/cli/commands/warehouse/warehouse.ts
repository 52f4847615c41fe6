import { goTo } from '../../../views/commands/palette.ts';
import { defineCommand, onScreen } from '../../define-command.ts';

/** `warehouse`: where stock figures come from. */
export const warehouseCommand = defineCommand({
  name: 'warehouse',
  help: 'warehouse',
  screen: onScreen(() => goTo({ screen: 'warehouse' })),
  family: true,
  examples: ['bindeled warehouse add peakwms', 'bindeled warehouse preview', 'bindeled warehouse sync'],
});
