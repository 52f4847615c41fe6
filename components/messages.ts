import type { Instant } from '../src/domain/ids.ts';
import type { Tone } from '../src/views/tones.ts';

export type Message = { readonly id: number; readonly at: Instant; readonly text: string; readonly tone: Tone };

/** Everything that was said to the person, newest first. Errors count as unread until they were looked at. */
export type Messages = {
  say(text: string, tone: Tone): void;
  /** What is under way, until told otherwise; shown while it lasts and kept nowhere. */
  doing(text: string | undefined): void;
  underWay(): string | undefined;
  all(): readonly Message[];
  unread(): number;
  read(): void;
  subscribe(listener: () => void): () => void;
};

const kept = 200;

export function makeMessages(now: () => Instant): Messages {
  const listeners = new Set<() => void>();
  let list: readonly Message[] = [];
  let unread = 0;
  let next = 1;
  let under: string | undefined;
  const tell = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    say(text, tone) {
      list = [{ id: next, at: now(), text, tone }, ...list].slice(0, kept);
      next += 1;
      if (tone === 'wrong') unread += 1;
      tell();
    },
    doing(text) {
      under = text;
      tell();
    },
    underWay: () => under,
    all: () => list,
    unread: () => unread,
    read() {
      unread = 0;
      tell();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
