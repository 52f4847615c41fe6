import type { Key } from '../src/views/key-tokens.ts';
import { type ActionId, actionOf, changesThings } from '../src/views/keymap.ts';

/** Who is asked first: a dialog before a field, a field before the screen, the screen before the program. */
const levels = ['app', 'screen', 'field', 'dialog'] as const;
export type Level = (typeof levels)[number];

export type Actions = { readonly [Id in ActionId]?: () => void };

/** What one part of the screen does with keys. */
export type Layer = {
  readonly level: Level;
  readonly actions: Actions;
  /** Takes letters, pastes and scans; answers whether it did. Asked before the actions. */
  readonly take?: (key: Key) => boolean;
  /** Nothing beneath it hears a key. */
  readonly alone?: boolean;
};

/** Where keys come in and from where they are given to the one part that wants them. */
export type KeyDesk = {
  press(key: Key): void;
  /** `layer` is asked anew for each key, so that it always speaks for the newest frame. */
  add(layer: () => Layer): () => void;
  /** The actions that work now. */
  available(): readonly ActionId[];
  subscribe(listener: () => void): () => void;
};

export type KeyDeskOptions = {
  /** Called instead of an action that changes something, when nothing may be changed. */
  readonly refuse: (id: ActionId) => void;
  readonly readOnly: boolean;
};

export function makeKeyDesk(options: KeyDeskOptions): KeyDesk {
  const layers: (() => Layer)[] = [];
  const listeners = new Set<() => void>();
  let known: readonly ActionId[] = [];

  const asked = (): readonly Layer[] =>
    layers
      .map((layer) => layer())
      .toReversed()
      .toSorted((a, b) => levels.indexOf(b.level) - levels.indexOf(a.level));
  const heard = (): readonly Layer[] => {
    const all = asked();
    const alone = all.findIndex((layer) => layer.alone === true);
    return alone < 0 ? all : all.slice(0, alone + 1);
  };

  const tell = (): void => {
    const next = [...new Set(heard().flatMap((layer) => Object.keys(layer.actions) as ActionId[]))];
    if (next.join() === known.join()) return;
    known = next;
    for (const listener of listeners) listener();
  };

  return {
    press(key) {
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
    available: () => known,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
