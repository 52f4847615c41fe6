import { test, vi } from 'vitest';
import { nordlys } from '../support/nordlys-shops.ts';
import { opener } from '../support/opener.ts';
import { keys } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

const at = opener();

test('Enter on a line that has to be filled says so, and stays there', async () => {
  const { services } = await nordlys();
  const me = await at(services, { start: { screen: 'shop-form' } });
  await me.sees('▌ Address');
  await me.press(keys.enter);
  await me.sees('Address is missing');
  await me.sees('▌ Address');
  // The next key ends the hint.
  await me.press('h');
  await me.seesNoMore('Address is missing');
});

test('a slow scanner on the button that saves saves nothing; Enter by itself does', async () => {
  const { services } = await nordlys();
  const me = await at(services, { start: { screen: 'shops' } });
  await me.sees('Nordlys DK');
  await me.press('E');
  await me.sees('Change Nordlys DK');
  while (!me.screen().includes('▌[ Save ]')) await me.press(keys.tab);
  await me.slowly(...'AE 44', keys.enter);
  await me.sees('▌[ Save ]');
  await me.press(keys.enter);
  await me.seesNoMore('[ Save ]');
});

test('Esc asks before it throws away what was typed in a form, and leaves an untouched one at once', async () => {
  const { services } = await nordlys();
  const me = await at(services, { start: { screen: 'shops' } });
  for (const [open, title] of [
    ['N', 'Connect a shop'],
    ['E', 'Change Nordlys DK'],
  ] as const) {
    await me.press(open);
    await me.sees(title);
    await me.press(keys.escape);
    await me.seesNoMore(title);
    await me.press(open, 'x', keys.escape);
    await me.sees('Leave the form?');
    await me.press(keys.escape);
    await me.seesNoMore('Leave the form?');
    await me.sees(title);
    await me.press(keys.escape, 'O');
    await me.seesNoMore(title);
  }
});
