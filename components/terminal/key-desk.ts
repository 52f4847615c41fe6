import type { Key } from '../../src/views/input/key-tokens.ts';
import { type ActionId, actionOf, changesThings, type Hint } from '../../src/views/input/keymap.ts';

/**
 * Who is asked first: a dialog before a field, a field before the screen, the screen before the program. Work that
 * can be broken off stands between: Esc closes a question or a field first, and leaves the screen last.
 */
const levels = ['app', 'screen', 'task', 'field', 'dialog'] as const;
export type Level = (typeof levels)[number];

export type Actions = { readonly [Id in ActionId]?: () => void };

/** What one part of the screen does with keys. */
export type Layer = {
  readonly level: Level;
  readonly actions: Actions;
  /** Takes letters, pastes and scans; answers whether it did. Asked before the actions. */
  readonly take?: (key: Key) => boolean;
  /** Nothing beneath it hears a key, but for those that always work. */
  readonly alone?: boolean;
  /** What its own keys do, for the foot line; the actions speak for themselves. */
  readonly hints?: readonly Hint[];
};

/** Where keys come in and from where they are given to the one part that wants them. */
export type KeyDesk = {
  press(key: Key): void;
  /** `layer` is asked anew for each key, so that it always speaks for the newest frame. */
  add(layer: () => Layer): () => void;
  /** Told of every key before anybody acts on it, whoever takes it. */
  overhear(listener: () => void): () => void;
  /** What works now. */
  working(): Working;
  subscribe(listener: () => void): () => void;
};

/** The actions that a key would reach now, and before them what a field or a question does with its own keys. */
export type Working = { readonly actions: readonly ActionId[]; readonly hints: readonly Hint[] };

export type KeyDeskOptions = {
  /** Called instead of an action that changes something, when nothing may be changed. */
  readonly refuse: (id: ActionId) => void;
  readonly readOnly: boolean;
};

/** What is heard beneath a question, and beneath a field: keys that can be no part of a text. */
const throughDialogs: readonly ActionId[] = ['quit', 'redraw'];
const throughFields: readonly ActionId[] = ['quit', 'help', 'command', 'refresh', 'redraw'];

const onlySome = (layer: Layer, some: readonly ActionId[]): Layer => ({
  level: layer.level,
  actions: Object.fromEntries(some.flatMap((id) => (layer.actions[id] === undefined ? [] : [[id, layer.actions[id]]]))),
});

export function makeKeyDesk(options: KeyDeskOptions): KeyDesk {
  const layers: (() => Layer)[] = [];
  const listeners = new Set<() => void>();
  const overhearing = new Set<() => void>();
  let known: Working = { actions: [], hints: [] };

  const asked = (): readonly Layer[] =>
    layers
      .map((layer) => layer())
      .toReversed()
      .toSorted((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level));
  const heard = (): readonly Layer[] => {
    const all = asked();
    const alone = all.findIndex((layer) => layer.alone === true);
    if (alone < 0) return all;
    const through = all[alone]?.level === 'dialog' ? throughDialogs : throughFields;
    return [...all.slice(0, alone + 1), ...all.slice(alone + 1).map((layer) => onlySome(layer, through))];
  };

  const tell = (): void => {
    const layers = heard();
    const next: Working = {
      actions: [...new Set(layers.flatMap((layer) => Object.keys(layer.actions) as ActionId[]))],
      hints: layers.flatMap((layer) => layer.hints ?? []),
    };
    if (JSON.stringify(next) === JSON.stringify(known)) return;
    known = next;
    for (const listener of listeners) listener();
  };

  return {
    press(key) {
      for (const listener of overhearing) listener();
      const id = key.kind === 'key' ? actionOf(key.name) : undefined;
      for (const layer of heard()) {
        if (layer.take?.(key) === true) return;
        const run = id === undefined ? undefined : layer.actions[id];
        if (run === undefined || id === undefined) continue;
        if (options.readOnly && changesThings(id)) options.refuse(id);
        else run();
        return;
      }
    },
    add(layer) {
      layers.push(layer);
      tell();
      return () => {
        layers.splice(layers.indexOf(layer), 1);
        tell();
      };
    },
    overhear(listener) {
      overhearing.add(listener);
      return () => overhearing.delete(listener);
    },
    working: () => known,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
