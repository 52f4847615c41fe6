import type { Ask } from './engine.ts';

/** Asks one thing at a time, as a connection in a transaction must be asked, whoever asks at once. */
export function askInTurn(ask: Ask): Ask {
  let last: Promise<unknown> = Promise.resolve();
  return (query) => {
    const asked = last.then(() => ask(query));
    last = asked.catch(() => undefined);
    return asked;
  };
}

/** A list in pieces of so many. */
export function* piecesOf<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
