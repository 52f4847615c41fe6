import { defineCommand, productArgument, shopOption } from '../../define-command.ts';
import { putMark } from './put-mark.ts';

/** `note`: a note on a product. */
export const noteCommand = defineCommand({
  name: 'note',
  help: 'note',
  arguments: [productArgument, { name: '[text...]', help: 'noteText' }],
  options: [shopOption(), { flags: '--until <moment>', help: 'until' }, { flags: '--off', help: 'markOff' }],
  run: putMark('note'),
  examples: ['bindeled note SOK-1 "ring til Maria" --until 3d', 'bindeled note SOK-1 --off'],
});
