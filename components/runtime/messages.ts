import type { Instant } from '../../src/domain/ids.ts';
import type { Tone } from '../../src/views/text/tones.ts';

export type Message = {
  readonly id: number;
  readonly at: Instant;
  readonly text: string;
  readonly tone: Tone;
  /** Opens what it tells of, where that is more than its text. */
  readonly open?: () => void;
};

/** Everything that was said to the person, newest first. Errors count as unread until they were looked at. */
export type Messages = {
  notify(text: string, tone: Tone, open?: () => void): void;
  /** What is under way, until told otherwise; shown while it lasts and kept nowhere. */
  showProgress(text: string | undefined): void;
  progressText(): string | undefined;
  all(): readonly Message[];
  unread(): number;
  read(): void;
  subscribe(listener: () => void): () => void;
};

const maxMessages = 200;

export function makeMessages(now: () => Instant): Messages {
  const listeners = new Set<() => void>();
  let list: readonly Message[] = [];
  let unread = 0;
  let next = 1;
  let current: string | undefined;
  const emit = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    notify(text, tone, open) {
      list = [{ id: next, at: now(), text, tone, open }, ...list].slice(0, maxMessages);
      next += 1;
      if (tone === 'wrong') unread += 1;
      emit();
    },
    showProgress(text) {
      current = text;
      emit();
    },
    progressText: () => current,
    all: () => list,
    unread: () => unread,
    read() {
      unread = 0;
      emit();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
