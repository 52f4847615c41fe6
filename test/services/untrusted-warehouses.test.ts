import { expect, test, vi } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { makeWebhookAccess } from '../../src/runtime/webhook-access.ts';
import { makeWebhookService } from '../../src/services/webhooks/manage-webhooks.ts';
import { everyTrick, steeringSigns } from '../support/hostile/untrusted-text.ts';
import { makeCommandLine } from '../support/in-process-cli.ts';
import { openPeak, openTryton, ours } from './warehouse-environment.ts';

// It reads warehouses over HTTP, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const systems = {
  peakwms: async () => {
    const environment = await openPeak([], 'warehouse');
    const { model } = environment;
    const add = (sku: string, name: string) =>
      model.add({ sku, name, ean: name, lots: [{ locationCode: name, quantity: 3 }] });
    return { environment, key: model.key, add };
  },
  tryton: async () => {
    const environment = await openTryton([], 'warehouse');
    const { model } = environment;
    const add = (code: string, name: string) => model.move(model.add({ code, name, ean: name }), 3, true);
    return { environment, key: model.password, add };
  },
};

test.each(
  Object.entries(systems),
)('R16, R18: what %s writes steers nothing and gives its key away nowhere', async (_name, open) => {
  const { environment, key, add } = await open();
  const { services, harness, clock } = environment;
  const hookSecret = (await harness.warehouses?.makeHookSecret()) ?? '';
  add('HOOK', `Hook ${hookSecret} ${Buffer.from(hookSecret).toString('base64')}`);
  add('KOP', `=Kop ${everyTrick}`);
  add('KEY', `Key ${key} ${[...key].join('\u200b')}`);
  add(`${everyTrick}9`, 'Tricks');
  const access = { drivers: platformRegistry, credentialsFor: () => ({}), save: async () => {}, clock };
  const run = makeCommandLine({ services, webhooks: makeWebhookService(harness, makeWebhookAccess(access)) });
  const commands = ['test', 'preview', 'sync', 'show', 'locations'].map((name) => ['warehouse', name]);
  for (const args of [...commands, ['find', 'Kop'], ['show', 'KEY'], ['log']]) {
    for (const format of [[], ['--json']]) {
      const { stdout, stderr } = await run([...args, ...format]);
      expect(stdout + stderr).not.toBe('');
      expect(stdout + stderr).not.toContain(key);
      expect(stdout + stderr).not.toContain(hookSecret);
      expect(steeringSigns(stdout + stderr)).toEqual([]);
      expect(stdout + stderr).not.toMatch(/TypeError|\[object|undefined|NaN/);
    }
  }
  expect((await ours(environment, 'KEY'))?.content.name).toMatch(/^Key \[hidden\]/);
  expect((await ours(environment, 'HOOK'))?.content.name).toBe('Hook [hidden] [hidden]');
  expect((await ours(environment, 'KOP'))?.content.name).toMatch(/Kop .*gnp\.exe/);
});
