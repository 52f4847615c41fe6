import { goTo, shopIn } from '../../../views/commands/palette.ts';
import { defineCommand, onScreen } from '../../define-command.ts';

/** `report`: the reports. */
export const reportCommand = defineCommand({
  name: 'report',
  help: 'report',
  screen: onScreen((line) => goTo({ screen: 'inactive', shopId: shopIn(line) }), ['--shop']),
  family: true,
  examples: ['bindeled report', 'bindeled report inactive-with-stock --shop no'],
});
