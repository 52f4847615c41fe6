import { defineCommand, productArgument, shopOption } from '../../define-command.ts';
import { putMark } from './put-mark.ts';

/** `tick`: a row was looked at, for a month unless said otherwise. */
export const tickCommand = defineCommand({
  name: 'tick',
  help: 'tick',
  arguments: [productArgument],
  options: [shopOption(), { flags: '--note <text>', help: 'noteText' }, { flags: '--until <moment>', help: 'until' }],
  run: putMark('ticked'),
  examples: ['bindeled tick SOK-1 --shop no --note "sæsonvare" --until 2027-03-01'],
});
