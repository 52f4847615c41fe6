import type { Route } from '../../src/views/navigation/route.ts';
import { screens } from './screen-list.ts';

const byName = new Map(screens.map((screen) => [screen.route, screen]));

/** The screen for a place. */
export function ScreenRouter({ route }: { readonly route: Route }) {
  return byName.get(route.screen)?.render(route);
}
