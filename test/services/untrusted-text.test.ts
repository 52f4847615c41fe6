import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { makeWebhookAccess } from '../../src/runtime/webhook-access.ts';
import { makeWebhookService } from '../../src/services/webhooks/manage-webhooks.ts';
import { openUntrustedShops } from '../support/hostile/untrusted-shops.ts';
import { beginsFormula, everyTrick, steeringSigns } from '../support/hostile/untrusted-text.ts';
import { type CommandLine, makeCommandLine } from '../support/in-process-cli.ts';
import { forever, openTestEnvironment } from './test-environment.ts';

// It walks many commands, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let line: CommandLine;
beforeAll(async () => {
  const { services, clock, harness } = await openUntrustedShops();
  const access = { drivers: platformRegistry, credentialsFor: () => ({}), save: async () => {}, clock };
  line = { services, webhooks: makeWebhookService(harness, makeWebhookAccess(access)) };
});

/** In the order in which they are typed: what is noted and removed stands in what is shown after it. */
const lists = [
  ['find', 'S-1'],
  ['find', 'red'],
  ['timeline', 'S-1'],
  ['log'],
  ['log', '--errors'],
  ['list', '--shop', 'dk'],
  ['list', '--shop', 'se', '--filter', 'missing'],
  ['report', 'inactive-with-stock'],
  ['conflicts'],
  ['compare', '--shop', 'dk'],
  ['push', '--dry-run'],
  ['shops', 'list'],
] as const;
const answers = [
  ['note', 'S-1', everyTrick],
  ['tick', 'S-1', '--shop', 'se', '--note', everyTrick],
  ['find', '--shop-id', everyTrick],
  ['show', 'S-1'],
  ['why', 'S-1'],
  ['why', 'S-1', '--live'],
  ['verify', 'S-1'],
  ['patterns'],
  ['fetch', 'S-1'],
  ['fetch', everyTrick],
  ['remove', 'S-6', '--shop', 'dk', '--reason', everyTrick],
  ['ticket', 'S-1'],
  ['ticket', 'S-6'],
  ['undo', '--list'],
  ['show', everyTrick],
  ['settle', everyTrick, everyTrick, 'keep'],
  ['shops', 'show', 'dk'],
  ['shops', 'test', 'dk'],
  ['serve', 'status'],
  ['sync', '--full'],
] as const;

const named = (commands: readonly (readonly string[])[]) =>
  commands.map((args) => [args.map((word) => (word === everyTrick ? '(every trick)' : word)).join(' '), args] as const);

describe('R18: what a shop wrote steers nothing', () => {
  test.each(named([...answers, ...lists]))('%s: text, lines and JSON, in both languages', async (_name, args) => {
    for (const language of ['en', 'da'] as const) {
      const run = makeCommandLine({ ...line, language });
      for (const format of [[], ['--plain'], ['--json']]) {
        const { stdout, stderr } = await run([...args, ...format]);
        expect(stdout + stderr).not.toBe('');
        expect(stderr).not.toMatch(/TypeError|RangeError/);
        expect(steeringSigns(stdout + stderr)).toEqual([]);
        if (format[0] === '--json') expect(JSON.parse(stdout)).toMatchObject({ bindeled: 1 });
      }
    }
  });

  test.each(named(lists))('%s: no cell of its CSV is a formula', async (_name, args) => {
    const { stdout } = await makeCommandLine(line)([...args, '--csv']);
    expect(steeringSigns(stdout.replaceAll('\r\n', '\n'))).toEqual([]);
    const cells: readonly string[] = parse(stdout).flat();
    expect(cells.length).toBeGreaterThan(3);
    expect(cells.filter((cell) => beginsFormula(cell) && !Number.isFinite(Number(cell)))).toEqual([]);
  });
});

test('R18: what a person types or pastes as a name, a reason or a note is kept without what steers', async () => {
  const { services, store, clock, shop } = await openTestEnvironment(['dk']);
  shop('dk').add({ sku: 'A-1', quantity: 1 });
  await services.sync.run({}, forever);
  const { productId } = (await store.integrationsOn(toShopId('dk')))[0]!;
  const dk = toShopId('dk');
  const named = { name: everyTrick, owner: everyTrick, skuPostfix: '-N\u200b' };
  await services.shops.change(dk, named);
  await services.shops.add({
    ...named,
    id: 'no',
    platform: 'shopify',
    url: 'https://x.myshopify.com',
    name: '👩‍👧 Bø',
  });
  await services.marks.add({ productId, kind: 'note', text: everyTrick });
  await services.marks.add({ productId, kind: 'ticked', text: everyTrick, until: clock.now() });
  await services.integrations.remove(productId, dk, everyTrick);
  const kept = [await store.shops(), await store.marksOf([productId]), await store.history({ limit: 100 })];
  expect(JSON.stringify(kept)).toContain('red');
  expect(steeringSigns(JSON.stringify(kept).replaceAll('👩‍👧', ''))).toEqual([]);
  expect(JSON.stringify(kept)).not.toMatch(/\\u00|\\[nrt]/);
  const [first, second] = await store.shops();
  expect([first?.name.slice(0, 4), first?.owner?.skuPostfix, second?.name]).toEqual(['red ', '-N', '👩‍👧 Bø']);
});
