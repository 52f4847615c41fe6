import { afterEach, expect, test, vi } from 'vitest';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

test('what each shop says of a product stands beside ours, with what ours follows', async () => {
  person = await open((await nordlys()).services, { columns: 120, rows: 40 });
  const me = person;
  await me.press('BB2010-M\r');
  await me.sees('3 of 3 shops');
  await me.press(']', ']', ']');
  await me.sees('Ours follows DK dk-103');
  await me.sees(/Ours .*Vindjakke Bølge blå M/);
  await me.sees(/DK .*Vindjakke Bølge blå M .*ours follows it/);
  await me.press('g');
  await me.sees(/▌ {2}Ours/);
  expect(me.screen().match(/Vindjakke Bølge blå M/g)?.length ?? 0).toBeGreaterThanOrEqual(4);
});

test('the tab of contents speaks Danish', async () => {
  person = await open((await nordlys()).services, { language: 'da', columns: 120 });
  const me = person;
  await me.press('BB2010-M\r');
  await me.sees('Indhold');
  await me.press(']', ']', ']');
  await me.sees('Vores følger DK dk-103');
  await me.press(keys.escape);
});
