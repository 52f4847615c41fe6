import { afterEach, expect, test, vi } from 'vitest';
import { toShopId } from '../../src/domain/ids.ts';
import { nordlys } from '../support/nordlys-shops.ts';
import { keys, open, type Person } from '../support/screen.tsx';

vi.setConfig({ testTimeout: 60_000 });

let person: Person | undefined;
afterEach(() => person?.close());

const dk = toShopId('dk');
const no = toShopId('no');

test('verifying leaves what a person had deleted, says so, and tells by name what it changed', async () => {
  const { services, catalogue, store } = await nordlys();
  const [boots] = await services.lookup.identify('SK6001-42');
  const [others] = await services.lookup.identify('SK6001-43');
  for (const product of [boots!, others!]) await services.integrations.remove(product.id, dk, 'by mistake');
  const norway = catalogue('no');
  norway.listings = norway.listings.map((listing) => ({ ...listing, activity: 'active', shopSays: 'publish' }));
  person = await open(services, { start: { screen: 'inactive' }, columns: 200 });
  const me = person;
  await me.sees('SK6001-43');
  await me.press('*', 'i');
  await me.sees(/1 linked.*2 left unlinked: deleted by a person; f links them/);
  await me.sees(/asking changed: NO: SK6001-42 linked to .*\. U undoes that/);
  const links = await store.integrationsOf([boots!.id, others!.id]);
  expect(links.filter(({ ref }) => ref.shopId === dk)).toEqual([]);
  await me.press(keys.escape, 'U');
  await me.sees(/SK6001-42.*linked/);
  const [, number = ''] = /(\d) .*SK6001-42.*linked/.exec(me.screen().slice(me.screen().lastIndexOf('───'))) ?? [];
  await me.press(number);
  await me.sees('lost its link to NO no-101: a person deleted it');
  expect((await store.integrationsOf([boots!.id])).map(({ ref }) => ref.shopId)).not.toContain(no);
});

test('one place that a person had deleted is told in one sentence', async () => {
  const { services } = await nordlys();
  const [others] = await services.lookup.identify('SK6001-43');
  await services.integrations.remove(others!.id, dk, 'by mistake');
  person = await open(services, { start: { screen: 'inactive' }, columns: 200, language: 'da' });
  const me = person;
  await me.sees('SK6001-43');
  while (!/▌.*SK6001-43/.test(me.screen())) await me.press('j');
  await me.press('i');
  await me.sees(/slettet af en person.*f kobler det/);
});

test('at 80 columns the sentence goes on under its first words, and the message bar says where it stands in full', async () => {
  const { services } = await nordlys();
  const [boots] = await services.lookup.identify('SK6001-42');
  const [others] = await services.lookup.identify('SK6001-43');
  for (const product of [boots!, others!]) await services.integrations.remove(product.id, dk, 'by mistake');
  person = await open(services, { start: { screen: 'inactive' }, columns: 80, rows: 24 });
  const me = person;
  await me.sees('SK6001-43');
  await me.press('*', 'i');
  await me.sees(/deleted by a\s+person; f links\s+them/);
  await me.press(keys.escape);
  await me.sees(/6 done.*… {2}! in full/);
});
