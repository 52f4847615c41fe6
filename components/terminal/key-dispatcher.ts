import type { CellPosition, Key } from '../../src/views/keyboard/key-tokens.ts';
import {
  type ActionId,
  type ActionLabels,
  actionForKey,
  type Hint,
  isWriteAction,
} from '../../src/views/keyboard/keymap.ts';

/**
 * Who is asked first: a window too small to show anything, a dialog before a field, a field before the screen, the
 * screen before the program. Work that can be broken off stands between: Esc closes a question or a field first, and
 * leaves the screen last.
 */
const levels = ['app', 'screen', 'task', 'field', 'dialog', 'window'] as const;
export type Level = (typeof levels)[number];

export type Actions = { readonly [Id in ActionId]?: () => void };

/** The actions that do something: one that is there as `undefined` does not work now. */
export const actionIdsOf = (actions: Actions): readonly ActionId[] =>
  (Object.keys(actions) as ActionId[]).filter((id) => actions[id] !== undefined);

/** What one part of the screen does with keys. */
export type KeyLayer = {
  readonly level: Level;
  readonly actions: Actions;
  /** Takes letters, pastes and scans; answers whether it did. Asked before the actions. */
  readonly handleKey?: (key: Key) => boolean;
  /** Takes a click that fell on it; answers whether it did. */
  readonly handleClick?: (at: CellPosition) => boolean;
  /** Nothing beneath it hears a key, but for those that always work. */
  readonly exclusive?: boolean;
  /** Letters are text in it. */
  readonly isText?: true;
  /** What its own keys do, for the foot line; the actions speak for themselves. */
  readonly hints?: readonly Hint[];
  /** What an action is called here, where its own word would say something else. */
  readonly labels?: ActionLabels;
};

/** Where keys come in and from where they are given to the one part that wants them. */
export type KeyDispatcher = {
  press(key: Key): void;
  /** `layer` is asked anew for each key, so that it always speaks for the newest frame. */
  add(layer: () => KeyLayer): () => void;
  /** Told of every key before anybody acts on it, whoever takes it. */
  onAnyKey(listener: () => void): () => void;
  /** What works now. */
  activeBindings(): ActiveBindings;
  subscribe(listener: () => void): () => void;
  /** Whether letters are text now and change nothing. */
  takesText(): boolean;
  /** Whether something was read that may still become a key or a scan. */
  isMoreComing(): boolean;
  setMoreComing(isComing: boolean): void;
  /** When a key was pressed last, by the clock of `performance.now`. */
  lastPressAt(): number;
};

/** The actions that a key would reach now, and before them what a field or a question does with its own keys. */
export type ActiveBindings = {
  readonly actions: readonly ActionId[];
  readonly hints: readonly Hint[];
  readonly labels: ActionLabels;
};

export type KeyDispatcherOptions = {
  /** Called instead of an action that changes something, when nothing may be changed. */
  readonly onReadOnly: (id: ActionId) => void;
  readonly readOnly: boolean;
  /** Called for a key that does nothing here, with what it asks for elsewhere. */
  readonly onUnused?: (key: string, id: ActionId | undefined) => void;
};

/** What is heard beneath a question, and beneath a field: keys that can be no part of a text. */
const allowedInDialogs: readonly ActionId[] = ['quit', 'suspend', 'redraw'];
const allowedInFields: readonly ActionId[] = ['quit', 'suspend', 'help', 'command', 'refresh', 'redraw'];

/** Lines that a step of the wheel goes, as elsewhere; in a question one. */
const wheelLines = 3;
const wheelArrows: Readonly<Record<string, string>> = { 'wheel-up': 'up', 'wheel-down': 'down' };

const restrictTo = (layer: KeyLayer, allowed: readonly ActionId[], clicks: boolean): KeyLayer => ({
  level: layer.level,
  ...(clicks ? { handleClick: layer.handleClick } : {}),
  actions: Object.fromEntries(
    allowed.flatMap((id) => (layer.actions[id] === undefined ? [] : [[id, layer.actions[id]]])),
  ),
});

export function makeKeyDispatcher(options: KeyDispatcherOptions): KeyDispatcher {
  const layers: (() => KeyLayer)[] = [];
  const listeners = new Set<() => void>();
  const anyKeyListeners = new Set<() => void>();
  let lastPressAt = 0;
  let moreComing = false;
  let known: ActiveBindings = { actions: [], hints: [], labels: {} };

  const orderedLayers = (): readonly KeyLayer[] =>
    layers
      .map((layer) => layer())
      .toReversed()
      .toSorted((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level));
  const activeLayers = (): readonly KeyLayer[] => {
    const all = orderedLayers();
    const exclusive = all.findIndex((layer) => layer.exclusive === true);
    if (exclusive < 0) return all;
    const level = all[exclusive]?.level;
    const isDialog = level === 'dialog' || level === 'window';
    const through = isDialog ? allowedInDialogs : allowedInFields;
    // Beneath a question nothing is clicked; the rows beneath a filter are.
    const beneath = all.slice(exclusive + 1).map((layer) => restrictTo(layer, through, !isDialog));
    return [...all.slice(0, exclusive + 1), ...beneath];
  };

  const emit = (): void => {
    const layers = activeLayers();
    const next: ActiveBindings = {
      actions: [...new Set(layers.flatMap(({ actions }) => actionIdsOf(actions)))],
      hints: layers.flatMap((layer) => layer.hints ?? []),
      labels: Object.assign({}, ...layers.map((layer) => layer.labels ?? {}).toReversed()),
    };
    if (JSON.stringify(next) === JSON.stringify(known)) return;
    known = next;
    for (const listener of listeners) listener();
  };

  const pressMouse = (key: Extract<Key, { kind: 'key' }>): boolean => {
    const { at } = key;
    if (at !== undefined) {
      // A click on nothing does nothing: it says where, and there is nothing there.
      activeLayers().some((layer) => layer.handleClick?.(at) === true);
      return true;
    }
    const arrow = wheelArrows[key.name];
    if (arrow === undefined) return false;
    const lines = activeLayers().some(({ level, exclusive }) => level === 'dialog' && exclusive === true)
      ? 1
      : wheelLines;
    for (let line = 0; line < lines; line += 1) pressKey({ kind: 'key', name: arrow, isWheel: true });
    return true;
  };
  const pressKey = (key: Key): void => {
    const id = key.kind === 'key' ? actionForKey(key.name) : undefined;
    for (const layer of activeLayers()) {
      if (layer.handleKey?.(key) === true) return;
      const run = id === undefined ? undefined : layer.actions[id];
      if (run === undefined || id === undefined) continue;
      if (options.readOnly && isWriteAction(id)) options.onReadOnly(id);
      else run();
      return;
    }
    if (key.kind === 'key') options.onUnused?.(key.name, id);
  };

  return {
    press(key) {
      lastPressAt = performance.now();
      for (const listener of anyKeyListeners) listener();
      if (key.kind !== 'key' || !pressMouse(key)) pressKey(key);
    },
    add(layer) {
      layers.push(layer);
      emit();
      return () => {
        layers.splice(layers.indexOf(layer), 1);
        emit();
      };
    },
    onAnyKey(listener) {
      anyKeyListeners.add(listener);
      return () => anyKeyListeners.delete(listener);
    },
    activeBindings: () => known,
    isMoreComing: () => moreComing,
    setMoreComing(isComing) {
      moreComing = isComing;
    },
    lastPressAt: () => lastPressAt,
    takesText: () => orderedLayers().find((layer) => layer.exclusive === true)?.isText === true,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
