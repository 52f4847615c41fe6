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
  /** What a key that does nothing here is for: shown until the next key, and kept nowhere. */
  hint(text: string): void;
  /** Another key was pressed. */
  endHint(): void;
  /** What is under way, until told otherwise; shown while it lasts and kept nowhere. */
  showProgress(text: string | undefined): void;
  progressText(): string | undefined;
  all(): readonly Message[];
  /** What is to be shown now: the hint, else the newest message. */
  latest(): Message | undefined;
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
  let hinted: Message | undefined;
  const emit = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    notify(text, tone, open) {
      hinted = undefined;
      list = [{ id: next, at: now(), text, tone, open }, ...list].slice(0, maxMessages);
      next += 1;
      if (tone === 'wrong') unread += 1;
      emit();
    },
    hint(text) {
      hinted = { id: next, at: now(), text, tone: 'quiet' };
      next += 1;
      emit();
    },
    endHint() {
      if (hinted === undefined) return;
      hinted = undefined;
      emit();
    },
    showProgress(text) {
      current = text;
      emit();
    },
    progressText: () => current,
    all: () => list,
    latest: () => hinted ?? list[0],
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
