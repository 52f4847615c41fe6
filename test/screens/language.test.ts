import { afterEach, test, vi } from 'vitest';
import type { Services } from '../../src/services/services.ts';
import { wordsOf } from '../../src/views/words/words.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';

// Whole screens are drawn, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

/** Services whose fetch or sync waits until it is let go. */
function heldBack(services: Services): { readonly services: Services; readonly letGo: () => void } {
  let letGo = (): void => undefined;
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const held: Services = {
    ...services,
    fetch: { ...services.fetch, run: (...given) => gate.then(() => services.fetch.run(...given)) },
    sync: { ...services.sync, run: (...given) => gate.then(() => services.sync.run(...given)) },
  };
  return { services: held, letGo: () => letGo() };
}

test('a fetch that was begun in English says its end in Danish when the language was changed meanwhile', async () => {
  const { services, letGo } = heldBack((await nordlys()).services);
  const me = await open(services, { columns: 140 });
  person = me;
  me.begin(`:fetch nosuchthing${keys.enter}`);
  await me.shows(/Fetching/);
  me.begin('L');
  await me.shows('Dansk');
  me.begin(keys.enter);
  await me.shows('Kræver');
  letGo();
  await me.press('!');
  await me.sees('Nordlys SE: shoppen kender det ikke');
});

test('a sync that was begun in English says its end in Danish when the language was changed meanwhile', async () => {
  const { services, letGo } = heldBack((await nordlys()).services);
  const me = await open(services, { columns: 140 });
  person = me;
  me.begin(`:sync dk${keys.enter}`);
  me.begin('L');
  await me.shows('Dansk');
  me.begin(keys.enter);
  await me.shows('Kræver');
  letGo();
  await me.press('!');
  await me.press('!');
  await me.sees(`DK: 4 ${wordsOf('da').domain.runCounts.seen}`);
});

test('the form says whether it was tested in the language of the moment', async () => {
  const me = await open((await nordlys()).services, { start: { screen: 'shop-form' }, columns: 140 });
  person = me;
  await me.sees(wordsOf('en').screen.form.testFirst);
  await me.press('\u0010', 'lang da', keys.enter);
  await me.sees(wordsOf('da').screen.form.testFirst);
});
