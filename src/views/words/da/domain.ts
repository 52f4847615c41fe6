import type { domain as list } from '../en/domain.ts';

/** Danish words of the domain; the product terms are PeakWMS's own. */
export const domain: typeof list = {};
