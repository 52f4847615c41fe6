import type { Spot } from './input/navigation.ts';
import type { Words } from './words.ts';

/** What the breadcrumbs call a place that has not said its own name. */
export const screenTitle = (spot: Spot, words: Words): string => words.screen.title[spot.screen];
