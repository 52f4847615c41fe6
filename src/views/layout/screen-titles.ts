import type { Route } from '../navigation/route.ts';
import type { Words } from '../words/words.ts';

/** What the breadcrumbs call a place that has not said its own name. */
export const screenTitle = (route: Route, words: Words): string => words.screen.title[route.screen];
