import { join } from 'node:path';
import { decodeText } from '../../files/decode-text.ts';
import { readRegularFile } from '../../files/regular-file.ts';

/**
 * What stands in `config.json`, looked at before the settings are checked; nothing where it cannot be read. What is wrong
 * with it is said when they are.
 */
export function readUncheckedConfig(folder: string): Readonly<Record<string, unknown>> {
  try {
    const found: unknown = JSON.parse(decodeText(readRegularFile(join(folder, 'config.json')))?.text ?? '');
    return typeof found === 'object' && found !== null ? { ...found } : {};
  } catch {
    return {};
  }
}
