import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Batch } from '../../../src/stores/contents/contents.ts';
import { documentContents, documentOf } from '../../../src/stores/contents/document.ts';
import { makeProduct, morning } from '../../support/builders.ts';

async function* of(...batches: readonly Batch[]): AsyncGenerator<Batch> {
  yield* batches;
}

test('an exported document holds nothing that cannot be seen, and gives back what it was made of', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-document-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const product = { ...makeProduct(), name: 'Lys\u200fkæde\u{e0001}\ufffa' };
  let text = '';
  for await (const piece of documentOf(of({ name: 'products', rows: [product] }), morning)) text += piece;
  expect(text).not.toMatch(/[\u200f\ufffa\u{e0001}]/u);
  const path = join(folder, 'export.json');
  await writeFile(path, text);
  const found: Batch[] = [];
  for await (const batch of documentContents(path)) found.push(batch);
  expect(found).toEqual([{ name: 'products', rows: [product] }]);
});
