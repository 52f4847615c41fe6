import type { StoreWarning } from '../../ports/store-error.ts';
import { decimal, number } from '../format/numbers.ts';
import type { Words } from '../words/words.ts';

export const megabytes = (bytes: number, words: Words): string => `${decimal(bytes / 1_000_000, 0, words)} MB`;

/** A store that has outgrown its kind, in words: what is too much, what would be sensible, and what to do. */
export function storeWarningLine(warning: StoreWarning, words: Words): string {
  const say = words.domain.storeWarning;
  switch (warning.kind) {
    case 'many-integrations':
      return say.manyIntegrations(number(warning.integrations, words), number(warning.sensible, words));
    case 'large-files':
      return say.largeFiles(megabytes(warning.bytes, words), megabytes(warning.sensible, words));
    case 'long-journal':
      return say.longJournal(megabytes(warning.bytes, words), megabytes(warning.sensible, words));
    case 'clock-off':
      return say.clockOff(warning.clock.slice(0, 10), warning.newest.slice(0, 10));
    case 'clock-jumped':
      return say.clockJumped(warning.from.slice(0, 10), warning.to.slice(0, 10));
    case 'no-text-index':
      return say.noTextIndex[warning.extension];
    case 'shared-folder':
      return say.sharedFolder(warning.host);
    default:
      return warning satisfies never;
  }
}
