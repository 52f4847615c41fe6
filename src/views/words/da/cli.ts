import type { cli as list } from '../en/cli.ts';

/** Danish words of the cli; the product terms are PeakWMS's own. */
export const cli: typeof list = {};
