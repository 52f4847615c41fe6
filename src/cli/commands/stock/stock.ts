import { openCard } from '../../../views/commands/palette.ts';
import { defineCommand, onScreen } from '../../define-command.ts';

/** `stock`: the figures of the embedded warehouse. */
export const stockCommand = defineCommand({
  name: 'stock',
  help: 'stock',
  screen: onScreen(openCard('stock')),
  family: true,
  examples: ['bindeled stock set SOK-1 12', 'bindeled stock import lager.csv'],
});
