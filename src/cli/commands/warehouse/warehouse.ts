import { defineCommand } from '../../define-command.ts';

/** `warehouse`: where stock figures come from. */
export const warehouseCommand = defineCommand({
  name: 'warehouse',
  help: 'warehouse',
  family: true,
  examples: ['bindeled warehouse add peakwms', 'bindeled warehouse preview', 'bindeled warehouse sync'],
});
