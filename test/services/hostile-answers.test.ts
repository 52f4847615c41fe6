import { parse } from 'csv-parse/sync';
import { describe, expect, it, vi } from 'vitest';
import { platformRegistry } from '../../src/connectors/registry.ts';
import type { Dialect, FakeResponse } from '../../src/demo/simulators/server.ts';
import { toShopId } from '../../src/domain/ids.ts';
import { makeWebhookAccess } from '../../src/runtime/webhook-access.ts';
import { makeWebhookService } from '../../src/services/webhooks/manage-webhooks.ts';
import { beginsFormula, everyTrick, steeringSigns } from '../support/hostile/untrusted-text.ts';
import { makeCommandLine } from '../support/in-process-cli.ts';
import { allPlatforms, openTestEnvironment, syncAll, theProduct } from './test-environment.ts';

// It reads shops over HTTP, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** What XML may hold of it. */
const inXml = [...everyTrick].filter((sign) => /[^\p{Cc}\p{Cs}]/u.test(sign)).join('');
const texts =
  /^(name|title|description|[a-z]+_?description|description_short|label|option|company|domain|message|detail)$/i;

/** An answer in which every text that is kept or shown goes on with every trick; ids and words that are understood do not. */
function tricked(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => tricked(one, key));
  if (typeof value === 'string') return texts.test(key) && value !== '' ? `=${value}${everyTrick}` : value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, tricked(one, name)]));
}

const around = (dialect: Dialect): Dialect => ({
  ...dialect,
  answer: (request, shop): FakeResponse => {
    const answer = dialect.answer(request, shop);
    const headers = { ...answer.headers, server: '\u009b2J=1', 'x-powered-by': '\u009d52;c;eA==\u009c' };
    const isJson = typeof answer.body === 'object' && answer.body !== null && !Buffer.isBuffer(answer.body);
    return { ...answer, headers, body: isJson ? tricked(answer.body) : answer.body };
  },
});

/** One shop of a platform that was read, every text of it hostile, and a command line over it. */
async function openHostile(platform: string) {
  const environment = await openTestEnvironment([platform], {}, undefined, around);
  const shop = environment.shop(platform);
  const title = `Kop ${inXml}`;
  shop.add({ sku: 'CUP', title, description: inXml, barcode: `12${inXml}`, quantity: 3, price: '10.00' });
  const options = ['Rød', 'Blå'].map((value) => [{ name: `Farve${inXml}`, value: `${value}${inXml}` }]);
  shop.add({ title, variants: options.map((one, at) => ({ sku: `CUP-${at}`, options: one, quantity: 2 })) });
  await syncAll(environment);
  const { services, harness, clock } = environment;
  const access = { drivers: platformRegistry, credentialsFor: () => ({}), save: async () => {}, clock };
  const webhooks = makeWebhookService(harness, makeWebhookAccess(access));
  return { environment, run: makeCommandLine({ services, webhooks, language: 'da' }) };
}

const kept = /[\p{Cc}\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e0fff}]/u;

describe('R18: what a shop writes over HTTP steers nothing', () => {
  it.each(allPlatforms)('%s: not what is kept, shown, noted or written', async (platform) => {
    const { environment, run } = await openHostile(platform);
    expect(await environment.store.integrationsOn(toShopId(platform))).toHaveLength(3);
    const { content } = await theProduct(environment, 'CUP');
    expect(content.name).toMatch(/Kop .*gnp\.exe/);
    expect(content.name).not.toMatch(kept);

    const asked = [['list', '--shop', platform], ['show', 'CUP'], ['why', 'CUP', '--live'], ['fetch', 'CUP'], ['log']];
    for (const args of [...asked, ['shops', 'show', platform], ['shops', 'test', platform]]) {
      for (const format of [[], ['--json']]) {
        const { stdout, stderr } = await run([...args, ...format]);
        expect(stdout).not.toBe('');
        expect(steeringSigns(stdout + stderr)).toEqual([]);
        expect(stdout + stderr).not.toMatch(/TypeError|\[object|undefined|NaN/);
      }
    }
    const { stdout } = await run(['list', '--shop', platform, '--csv']);
    const cells: readonly string[] = parse(stdout, { delimiter: ';', bom: true }).flat();
    expect(cells.join()).toContain('gnp.exe');
    expect(cells.filter((cell) => beginsFormula(cell))).toEqual([]);
  });
});
