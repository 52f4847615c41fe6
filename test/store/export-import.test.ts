import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { jsonStore } from '../../src/stores/json-store.ts';
import { exportStore, importStore } from '../../src/stores/maintenance/export-import.ts';
import { partsOf } from '../../src/stores/maintenance/export-lines.ts';
import { checkStore } from '../../src/stores/maintenance/store-admin.ts';
import { makeContent, makeProduct } from '../support/builders.ts';
import { numberedChange } from './children/numbered-change.ts';
import { systemClock } from './children/system-clock.ts';

// Stores are written to a disk, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bindeled-portable-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => ({ folder: join(folder, name), clock: systemClock });
const awkward = makeContent({ name: 'Grød "på" {glas}, [2] \\ æøå', description: ']}"' });

async function exported(): Promise<string> {
  const store = await jsonStore(at('from'));
  await store.change(async () => numberedChange('a'));
  await store.change(async () => ({ put: { products: [makeProduct({ content: awkward })] }, drop: {}, events: [] }));
  await store.close();
  let text = '';
  for await (const piece of exportStore(at('from'))) text += piece;
  return text;
}
const importing = async (text: string): Promise<unknown> => {
  const path = join(folder, 'document.json');
  writeFileSync(path, text);
  return importStore(at('to'), path);
};

test.each([
  ['as it was written', (text: string) => text],
  ['laid out anew', (text: string) => JSON.stringify(JSON.parse(text), null, 3)],
  ['in one line', (text: string) => JSON.stringify(JSON.parse(text))],
])('a document %s brings everything into another store', async (_, layOut) => {
  const text = await exported();
  await importing(layOut(text));
  const store = await jsonStore(at('to'));
  expect((await store.products(['p1' as never]))[0]?.content).toEqual(awkward);
  expect(await store.history({ limit: 9 })).toHaveLength(1);
  await store.close();
  let again = '';
  for await (const piece of exportStore(at('to'))) again += piece;
  expect({ ...JSON.parse(again), exportedAt: '' }).toEqual({ ...JSON.parse(text), exportedAt: '' });
});

test.each([
  ['a record without its key', (text: string) => text.replace('"id":"a"', '"id":7'), 'damaged'],
  ['a field of another type', (text: string) => text.replace('"onHand":12', '"onHand":"12"'), 'damaged'],
  [
    'a wrong field in an event',
    (text: string) => text.replace(/("events"[\s\S]*"createdAt":)"[^"]*"/, '$17'),
    'damaged',
  ],
  ['the same record twice', (text: string) => text.replace('"id":"a"', '"id":"p1"'), 'damaged'],
  ['an end that is missing', (text: string) => text.slice(0, -40), 'damaged'],
  ['another format', (text: string) => text.replace('bindeled-export', 'other'), 'damaged'],
  ['a table that is not known', (text: string) => text.replace('"sales":[\n', '"sails":[\n{"a":1}'), 'damaged'],
  ['a newer version', (text: string) => text.replace(/"version":\d+/, '"version":9'), 'newer-version'],
  ['no JSON at all', () => 'id;name\n1;x\n', 'damaged'],
  ['nothing', () => '', 'damaged'],
  [
    'a listing with two products',
    (text: string) =>
      text.replace(
        /("integrations":\[\n)(.*)/,
        (_, head, row) => `${head}${row},\n${row.replace('"productId":"a"', '"productId":"b"')}`,
      ),
    'law-broken',
  ],
])('a document with %s is refused whole, and what was there stays', async (_, spoil, kind) => {
  const before = await jsonStore(at('to'));
  await before.change(async () => numberedChange('mine'));
  await before.close();
  const spoilt = spoil(await exported());
  await expect(importing(spoilt)).rejects.toMatchObject({
    name: 'StoreError',
    kind,
    place: expect.stringContaining('document.json'),
  });
  expect(await checkStore(at('to'))).toMatchObject({ ok: true, found: { generation: 1, counts: { products: 1 } } });
});

test('what was there before an import is kept, and opens', async () => {
  const before = await jsonStore(at('to'));
  await before.change(async () => numberedChange('mine'));
  await before.close();
  const { kept } = (await importing(await exported())) as { kept: string };
  const store = await jsonStore({ folder: kept, clock: systemClock });
  expect((await store.productPage({ limit: 9 })).map(({ id }) => id)).toEqual(['mine']);
  await store.close();
});

test('a document is cut into the same parts wherever the reading pauses', async () => {
  const text = '{"version": 2 ,"a":[{"x":"}]\\"æ"} , {"y":[{"z":1}]}],"b":[],"c":"d,:"}';
  const bytes = Buffer.from(text);
  const cutAt = async (place: number) => {
    const chunks = async function* () {
      yield bytes.subarray(0, place);
      yield bytes.subarray(place);
    };
    const parts: unknown[] = [];
    for await (const { kind, name, text } of partsOf('x', chunks()))
      parts.push(kind === 'list' ? [kind, name] : [kind, name, JSON.parse(text)]);
    return parts;
  };
  const whole = [
    ['value', 'version', 2],
    ['list', 'a'],
    ['item', 'a', { x: '}]"æ' }],
    ['item', 'a', { y: [{ z: 1 }] }],
    ['list', 'b'],
    ['value', 'c', 'd,:'],
  ];
  for (let place = 0; place <= bytes.length; place += 1) expect(await cutAt(place), `cut at ${place}`).toEqual(whole);
});
