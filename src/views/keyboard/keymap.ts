/** What a person can ask for with a key. One letter has one meaning on every screen. */
export type Action = {
  readonly id: string;
  readonly keys: readonly string[];
  readonly group: 'move' | 'look' | 'rows' | 'act' | 'program';
  /** It changes something: explained, not done, when read-only. */
  readonly isWrite?: true;
  /** Place in the foot line, the smallest first; absent: only in help. */
  readonly footerOrder?: number;
};

/** Every key of the program but the digits, which the screens bring. The foot line, the help screen and the README's table are made from this list. */
export const actions = [
  { id: 'up', keys: ['up', 'k'], group: 'move' },
  { id: 'down', keys: ['down', 'j'], group: 'move' },
  { id: 'page-up', keys: ['pageup', 'ctrl-u'], group: 'move' },
  { id: 'page-down', keys: ['pagedown', 'ctrl-d'], group: 'move' },
  { id: 'top', keys: ['home', 'g'], group: 'move' },
  { id: 'bottom', keys: ['end', 'G'], group: 'move' },
  { id: 'open', keys: ['enter'], group: 'move', footerOrder: 1 },
  { id: 'back', keys: ['escape'], group: 'move', footerOrder: 90 },
  { id: 'leave', keys: ['q'], group: 'move', footerOrder: 91 },
  { id: 'last-view', keys: ['-'], group: 'move' },
  { id: 'next-tab', keys: ['tab', ']'], group: 'move', footerOrder: 8 },
  { id: 'previous-tab', keys: ['shift-tab', '['], group: 'move' },
  { id: 'next-shop', keys: ['right'], group: 'move', footerOrder: 9 },
  { id: 'previous-shop', keys: ['left'], group: 'move' },

  { id: 'find', keys: ['/'], group: 'look', footerOrder: 7 },
  { id: 'why', keys: ['w'], group: 'look', footerOrder: 2 },
  { id: 'timeline', keys: ['t'], group: 'look', footerOrder: 30 },
  { id: 'compare', keys: ['l'], group: 'look', footerOrder: 28 },
  { id: 'holder', keys: ['h'], group: 'look', footerOrder: 27 },
  { id: 'shop-link', keys: ['o'], group: 'look', footerOrder: 40 },
  { id: 'refresh', keys: ['r', 'f5', 'ctrl-r'], group: 'look' },
  { id: 'redraw', keys: ['ctrl-l'], group: 'look' },

  { id: 'mark', keys: ['space'], group: 'rows', footerOrder: 20 },
  { id: 'mark-range', keys: ['v'], group: 'rows' },
  { id: 'mark-all', keys: ['*'], group: 'rows' },
  { id: 'bulk', keys: ['b'], group: 'rows', footerOrder: 21 },
  { id: 'sort', keys: ['s'], group: 'rows', footerOrder: 25 },
  { id: 'copy', keys: ['y'], group: 'rows', footerOrder: 35 },
  { id: 'ticket', keys: ['Y'], group: 'rows', footerOrder: 36 },
  { id: 'export', keys: ['e'], group: 'rows', footerOrder: 37 },

  { id: 'fetch', keys: ['f'], group: 'act', isWrite: true, footerOrder: 3 },
  { id: 'sync', keys: ['S'], group: 'act', isWrite: true, footerOrder: 4 },
  { id: 'verify', keys: ['i'], group: 'act', isWrite: true, footerOrder: 4 },
  { id: 'tick', keys: ['x'], group: 'act', isWrite: true, footerOrder: 5 },
  { id: 'note', keys: ['n'], group: 'act', isWrite: true, footerOrder: 32 },
  { id: 'apply', keys: ['a'], group: 'act', isWrite: true, footerOrder: 4 },
  { id: 'push', keys: ['p'], group: 'act', footerOrder: 22 },
  { id: 'count', keys: ['c'], group: 'act', isWrite: true, footerOrder: 29 },
  { id: 'remove', keys: ['d'], group: 'act', isWrite: true, footerOrder: 33 },
  { id: 'not-here', keys: ['m'], group: 'act', isWrite: true, footerOrder: 34 },
  { id: 'undo', keys: ['u'], group: 'act', isWrite: true, footerOrder: 31 },
  { id: 'undo-earlier', keys: ['U'], group: 'act', isWrite: true },
  { id: 'new-shop', keys: ['N'], group: 'act', isWrite: true, footerOrder: 5 },
  { id: 'edit', keys: ['E'], group: 'act', isWrite: true, footerOrder: 23 },
  { id: 'pause', keys: ['P'], group: 'act', isWrite: true, footerOrder: 24 },
  { id: 'test', keys: ['T'], group: 'act', footerOrder: 6 },

  { id: 'messages', keys: ['!'], group: 'program' },
  { id: 'command', keys: [':', 'ctrl-p'], group: 'program', footerOrder: 95 },
  { id: 'help', keys: ['?', 'f1'], group: 'program', footerOrder: 99 },
  { id: 'language', keys: ['L'], group: 'program' },
  { id: 'suspend', keys: ['ctrl-z'], group: 'program' },
  { id: 'quit', keys: ['ctrl-c'], group: 'program' },
] as const satisfies readonly Action[];

/** What a key does in a field or a question, where letters are text: for the foot line. */
export type Hint = { readonly key: string; readonly does: HintId };
export type HintId =
  | 'keep-filter'
  | 'clear-filter'
  | 'search'
  | 'let-go'
  | 'choose-row'
  | 'next-line'
  | 'press'
  | 'change'
  | 'complete'
  | 'answer'
  | 'cancel'
  | 'choose'
  | 'yes'
  | 'close'
  | 'preview'
  | 'read'
  | 'set-up'
  | 'accept-gone'
  | 'own-stock'
  | 'other-rows';

/** Other words for actions, of those that say what a key does. */
export type ActionLabels = { readonly [Id in ActionId]?: HintId };

export type ActionId = (typeof actions)[number]['id'];
export type ActionGroup = Action['group'];
export const actionGroups: readonly ActionGroup[] = ['move', 'look', 'rows', 'act', 'program'];

const byKey: ReadonlyMap<string, ActionId> = new Map(actions.flatMap(({ id, keys }) => keys.map((key) => [key, id])));
const byId: ReadonlyMap<ActionId, Action> = new Map(actions.map((action) => [action.id, action]));

/** What a key asks for, on every screen. */
export const actionForKey = (key: string): ActionId | undefined => byKey.get(key);

/** Where an action stands in help. */
export const groupOf = (id: ActionId): ActionGroup | undefined => byId.get(id)?.group;

/** Whether an action changes something, so that read-only has to explain itself. */
export const isWriteAction = (id: ActionId): boolean => byId.get(id)?.isWrite === true;

/** Whether a key must not be pressed out of a scan: a plan changes nothing, but its question would hear the rest as keys. */
export function mustNotBeScanned(key: string): boolean {
  const id = actionForKey(key);
  return id !== undefined && (isWriteAction(id) || id === 'push');
}

const shownKeys: Readonly<Record<string, string>> = {
  up: '↑',
  down: '↓',
  left: '←',
  right: '→',
  enter: 'Enter',
  escape: 'Esc',
  space: 'Space',
  tab: 'Tab',
  'shift-tab': 'Shift-Tab',
  pageup: 'PgUp',
  pagedown: 'PgDn',
  home: 'Home',
  end: 'End',
  backspace: 'Backspace',
  delete: 'Delete',
  insert: 'Insert',
};
const plainArrows: Readonly<Record<string, string>> = { '↑': 'Up', '↓': 'Down', '←': 'Left', '→': 'Right' };

/** A key as it stands on the keyboard. */
export function shownKey(key: string, ascii = false): string {
  const shown = shownKeys[key];
  if (shown !== undefined) return ascii ? (plainArrows[shown] ?? shown) : shown;
  if (key.startsWith('ctrl-')) return `Ctrl-${key.slice(5).toUpperCase()}`;
  return /^f\d+$/.test(key) ? key.toUpperCase() : key;
}

/** The first key of an action, as it stands on the keyboard. */
export const firstKeyOf = (id: ActionId, ascii = false): string => shownKey(byId.get(id)?.keys[0] ?? '', ascii);

/** The first key of an action that is no letter: the one that works while a text is typed. */
export function nonLetterKey(id: ActionId, ascii = false): string | undefined {
  const key = byId.get(id)?.keys.find((one) => one.length > 1 && one !== 'space');
  return key === undefined ? undefined : shownKey(key, ascii);
}

/** Everything about one action, for help and for the README. */
export const shownKeysOf = (id: ActionId, ascii = false): readonly string[] =>
  (byId.get(id)?.keys ?? []).map((key) => shownKey(key, ascii));

/** The actions that the foot line shows, the most useful first, of those that work now. Leaving is shown where there is no way back. */
export const footerActions = (available: readonly ActionId[]): readonly ActionId[] =>
  actions
    .filter((action: Action) => action.footerOrder !== undefined && available.includes(action.id as ActionId))
    .filter((action) => action.id !== 'leave' || !available.includes('back'))
    .toSorted((a: Action, b: Action) => (a.footerOrder ?? 0) - (b.footerOrder ?? 0))
    .map((action) => action.id);
