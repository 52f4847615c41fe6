import type { Route, ScreenName } from './route.ts';

export const cardTabs = ['integrations', 'why', 'stock', 'content', 'timeline'] as const;
export type CardTab = (typeof cardTabs)[number];

/** What a screen wants to find again when one comes back to it: its row, filter, order, marks, tab. */
export type Memory = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

/** One visited place. `visit` tells two visits of the same place apart. */
export type HistoryEntry = {
  readonly route: Route;
  readonly memory: Memory;
  readonly visit: number;
  readonly title?: string;
  /** Jumped to, and not come back to: a list of what is newest begins at now. */
  readonly jumped?: true;
};

/** Where a person is and came from. Never empty. Roots remember themselves, so that a jump away and back loses nothing. */
export type Navigation = {
  readonly stack: readonly [HistoryEntry, ...HistoryEntry[]];
  /** The first page: Esc leads there in the end, from wherever a digit led. */
  readonly home: Route;
  readonly roots: Readonly<Partial<Record<ScreenName, HistoryEntry>>>;
  readonly visits: number;
  /** Where one was before the last jump. */
  readonly before?: Navigation['stack'];
};

/** `leaving` is what the screen on top wants to find again. */
export type NavigationAction =
  | { readonly type: 'open'; readonly route: Route; readonly savedState?: Memory }
  | { readonly type: 'jump'; readonly route: Route; readonly savedState?: Memory }
  | { readonly type: 'back'; readonly savedState?: Memory }
  /** In the place of the screen on top: Esc leads to where that one was opened from. */
  | { readonly type: 'replace'; readonly route: Route }
  /** To where one was before the last jump, and there again. */
  | { readonly type: 'swap'; readonly savedState?: Memory }
  /** What was marked on the screen that the one on top was opened from has had its act. */
  | { readonly type: 'clear-marks' }
  /** What the screen on top is about, for the breadcrumbs. */
  | { readonly type: 'title'; readonly visit: number; readonly title: string };

/** Where a person starts; with `opened` on a screen that was opened from there, so that Esc leads back. */
export const startAt = ({ home, opened }: { readonly home: Route; readonly opened?: Route }): Navigation => {
  const first: HistoryEntry = { route: home, memory: {}, visit: 0 };
  return {
    stack: opened === undefined ? [first] : [first, { route: opened, memory: {}, visit: 1 }],
    home,
    roots: {},
    visits: opened === undefined ? 1 : 2,
  };
};

/** The place that is shown. */
export const topOf = (navigation: Navigation): HistoryEntry => navigation.stack.at(-1) ?? navigation.stack[0];

/** The first page as it was left, unless a search stood there: going back leads to no old search. */
function withoutSearch(navigation: Navigation): Navigation {
  const { [navigation.home.screen]: left, ...roots } = navigation.roots;
  return left === undefined || left.memory.filter === undefined || left.memory.filter === ''
    ? navigation
    : { ...navigation, roots };
}

/** Whether there is a place behind the one that is shown: only behind the first page there is none. */
export const leadsBack = ({ stack, home }: Navigation): boolean =>
  stack.length > 1 || stack[0].route.screen !== home.screen;

const withMemory = (stack: readonly HistoryEntry[], memory: Memory | undefined): readonly HistoryEntry[] =>
  memory === undefined
    ? stack
    : stack.map((entry, index) => (index === stack.length - 1 ? { ...entry, memory, jumped: undefined } : entry));

const asStack = (entries: readonly HistoryEntry[], otherwise: Navigation['stack']): Navigation['stack'] => {
  const [first, ...rest] = entries;
  return first === undefined ? otherwise : [first, ...rest];
};

const sameRoute = (a: Route, b: Route): boolean => JSON.stringify(a) === JSON.stringify(b);

const sameCard = (a: Route, b: Route): boolean =>
  a.screen === 'product' && b.screen === 'product' && a.productId === b.productId;

/** A jump without particulars returns to the root as it was left; with particulars it starts there anew. */
function jumpTo(navigation: Navigation, route: Route, savedState: Memory | undefined): Navigation {
  const stack = withMemory(navigation.stack, savedState);
  const root = stack[0];
  const roots = root === undefined ? navigation.roots : { ...navigation.roots, [root.route.screen]: root };
  const bare = Object.values(route).filter((value) => value !== undefined).length === 1;
  const entry = (bare ? roots[route.screen] : undefined) ?? { route, memory: {}, visit: navigation.visits };
  return {
    ...navigation,
    stack: [{ ...entry, visit: navigation.visits, jumped: true }],
    roots,
    visits: navigation.visits + 1,
    before: asStack(stack, navigation.stack),
  };
}

export function navigationReducer(navigation: Navigation, action: NavigationAction): Navigation {
  switch (action.type) {
    case 'open': {
      const stack = withMemory(navigation.stack, action.savedState);
      const top = stack.at(-1);
      if (top !== undefined && sameRoute(top.route, action.route)) return navigation;
      const entry = { route: action.route, memory: {}, visit: navigation.visits };
      // Another tab of the card one looks at is no new place: Esc still leads back to the list.
      const under = top !== undefined && sameCard(top.route, action.route) ? stack.slice(0, -1) : stack;
      return {
        ...navigation,
        stack: asStack([...under, entry], navigation.stack),
        visits: navigation.visits + 1,
      };
    }
    case 'jump':
      return jumpTo(navigation, action.route, action.savedState);
    case 'swap': {
      if (navigation.before === undefined) return navigation;
      const before = asStack(withMemory(navigation.stack, action.savedState), navigation.stack);
      const stack = navigation.before.map((entry, index, all) =>
        index === all.length - 1 ? { ...entry, visit: navigation.visits } : entry,
      );
      return { ...navigation, stack: asStack(stack, navigation.stack), before, visits: navigation.visits + 1 };
    }
    case 'back':
      if (!leadsBack(navigation)) return navigation;
      return navigation.stack.length === 1
        ? jumpTo(withoutSearch(navigation), navigation.home, action.savedState)
        : { ...navigation, stack: asStack(navigation.stack.slice(0, -1), navigation.stack) };
    case 'replace': {
      const under = navigation.stack.slice(0, -1);
      const below = under.at(-1);
      // The place it came from is that very place: it is gone back to, as it was left.
      if (below !== undefined && sameRoute(below.route, action.route))
        return { ...navigation, stack: asStack(under, navigation.stack) };
      const entry = { route: action.route, memory: {}, visit: navigation.visits };
      return { ...navigation, stack: asStack([...under, entry], navigation.stack), visits: navigation.visits + 1 };
    }
    case 'clear-marks': {
      const below = navigation.stack.length - 2;
      const stack = navigation.stack.map((entry, index) =>
        index === below ? { ...entry, memory: { ...entry.memory, marks: [] } } : entry,
      );
      return { ...navigation, stack: asStack(stack, navigation.stack) };
    }
    case 'title': {
      const stack = navigation.stack.map((entry) =>
        entry.visit === action.visit && entry.title !== action.title ? { ...entry, title: action.title } : entry,
      );
      return stack.every((entry, index) => entry === navigation.stack[index])
        ? navigation
        : { ...navigation, stack: asStack(stack, navigation.stack) };
    }
    default:
      return action satisfies never;
  }
}
