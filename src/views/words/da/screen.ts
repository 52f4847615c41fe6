import type { screen as list } from '../en/screen.ts';

/** Danish words of the screen; the product terms are PeakWMS's own. */
export const screen: typeof list = {};
