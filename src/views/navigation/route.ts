/**
 * What each screen is about, by its name. Every screen adds its own entry with `declare module`, in the file that
 * declares it: so the union below knows all of them and this floor knows none.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the screens fill it
export interface RouteParameters {}

/** The name of a screen. */
export type ScreenName = keyof RouteParameters;

/** A place one can be in: a screen and what it is about. */
export type Route = { [Name in ScreenName]: { readonly screen: Name } & Readonly<RouteParameters[Name]> }[ScreenName];

/** The screens that can be opened without saying what they are about. */
export type RootScreen = {
  [Name in ScreenName]: Record<never, never> extends RouteParameters[Name] ? Name : never;
}[ScreenName];

/** A screen as keys, help, palette and pages see it. */
export type ScreenEntry = {
  readonly route: ScreenName;
  /** The digit that jumps there, and what it opens. */
  readonly key?: string;
  readonly root?: Route;
  /** The word of the palette that opens it. */
  readonly command?: string;
};
