import { type ComponentType, createElement, type ReactElement } from 'react';
import type { RootScreen, Route, RouteParameters, ScreenEntry, ScreenName } from '../../src/views/navigation/route.ts';
import type { Words } from '../../src/views/words/words.ts';
import type { PlainContext, PlainScreen } from '../plain/plain-context.ts';

/** A screen, declared once: keys, navigation, help, palette, plain mode and pages derive from the list. */
export type ScreenDefinition = ScreenEntry & {
  readonly render: (route: Route) => ReactElement;
  readonly plain?: PlainScreen;
};

type Declared<Name extends ScreenName> = {
  readonly route: Name;
  /** The digit that jumps there: only for a screen that needs not be told what it is about. */
  readonly key?: Name extends RootScreen ? string : never;
  /** The word of the command line or of the palette that opens it: like a key. */
  readonly command?: Name extends RootScreen ? string : never;
  readonly component: ComponentType<RouteParameters[Name]>;
  /** What the plain mode says instead; with a label of its own where the screen's title is no choice. */
  readonly plain?: {
    readonly label?: (words: Words) => string;
    readonly page: (context: PlainContext, parameters: RouteParameters[Name]) => Promise<void>;
  };
};

/** Declares a screen. Its line in `screen-list.ts` and its words are all else that it needs. */
export function defineScreen<Name extends ScreenName>(declared: Declared<Name>): ScreenDefinition {
  const { route: name, key, command, component, plain } = declared;
  return {
    route: name,
    key,
    command,
    // Their types allow a key and a word only where nothing else has to be said.
    root: key === undefined && command === undefined ? undefined : ({ screen: name } as Route),
    render: (route) => createElement<RouteParameters[Name]>(component, route as unknown as RouteParameters[Name]),
    plain:
      plain === undefined
        ? undefined
        : {
            route: name,
            isChoice: key !== undefined || command !== undefined,
            label: plain.label ?? ((words) => words.screen.title[name]),
            page: (context, route) => plain.page(context, route as unknown as RouteParameters[Name]),
          },
  };
}
