import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type FakeShop, fakeShop } from '../../src/demo/simulators/fake-shop.ts';
import { type ServedShop, serve } from '../../src/demo/simulators/server.ts';
import { wooCommerceDialect } from '../../src/demo/simulators/woocommerce.ts';
import { makeSchema, type TestSchema } from '../support/postgres/schema.ts';
import { type CommandsProcess, documentOf, type Home, makeHome, runCli, startCommands } from './run-cli.ts';

/** A store that is no folder of files: named by the environment, moved into and out of, with the program itself. */
export function describeStoreIn(kind: 'sqlite' | 'postgres'): void {
  // Each test starts the program several times, and the machine may be busy.
  vi.setConfig({ testTimeout: 120_000, hookTimeout: 60_000 });
  describe(`a store in ${kind}`, () => {
    let home: Home;
    let commands: CommandsProcess;
    beforeAll(() => {
      commands = startCommands();
    });
    afterAll(() => commands.end());
    let shop: FakeShop;
    let served: ServedShop;
    let schema: TestSchema;
    beforeEach(async () => {
      home = makeHome();
      shop = fakeShop({ name: 'Uld DK', identity: 'https://dk.example' });
      for (let count = 1; count <= 5; count += 1) shop.add({ sku: `SOK-${count}`, quantity: count });
      served = await serve(shop, wooCommerceDialect);
      schema = await makeSchema();
    });
    afterEach(async () => {
      await served.close();
      await schema.remove();
      home.remove();
    });
    const addAndSync = async (env: Readonly<Record<string, string>> = {}): Promise<void> => {
      const added = await commands.run(
        home,
        ['shops', 'add', 'dk', '--platform', 'woocommerce', '--url', served.url],
        env,
      );
      expect(added.code, added.stderr).toBe(0);
      const synced = await commands.run(home, ['sync'], env);
      expect(synced.code, synced.stderr).toBe(0);
    };

    const named = () => (kind === 'sqlite' ? 'sqlite:' : schema.url);
    const password = () => new URL(schema.url).password;

    test('is named by the environment, and everything is done on it', async () => {
      const env = { BINDELED_STORE: named() };
      await addAndSync(env);
      expect((await runCli(home, ['show', 'SOK-1'], { env })).stdout).toContain('1 of 1 shop');
      expect((await commands.run(home, ['list', '--shop', 'dk'], env)).stdout).toContain('SOK-5');
      expect((await commands.run(home, ['find', 'sok-3'], env)).stdout).toContain('SOK-3');
      // The files that would else be used were never touched.
      expect((await commands.run(home, ['show', 'SOK-1'])).code).not.toBe(0);
      for (const command of [['doctor'], ['store', 'show'], ['store', 'check'], ['store', 'show', '--json']]) {
        const result = await commands.run(home, command, env);
        expect(result.code, result.stderr).toBe(0);
        expect(result.stdout + result.stderr).not.toContain(password());
        if (command[0] === 'doctor') expect(result.stdout).toMatch(/Size .*events\nSpeed +opens in .*writes in/);
      }
      const shown = documentOf(await commands.run(home, ['store', 'show', '--json'], env));
      expect(shown).toMatchObject({ kind: 'store-show', store: { kind } });
      const moved = await commands.run(home, ['store', 'move', 'json:'], env);
      expect(moved.code).toBe(2);
      expect(moved.stderr).toContain('BINDELED_STORE');
    });

    const takeAway = async (of: string): Promise<void> => {
      if (of !== 'postgres') return rmSync(join(home.folder, 'data'), { recursive: true });
      const client = new pg.Client({ connectionString: schema.url.replace(/[?&]schema=.*/, '') });
      await client.connect();
      await client.query(`set client_min_messages = warning; drop schema ${schema.name} cascade`);
      await client.end();
    };
    test.each(
      kind === 'sqlite' ? ['json', 'sqlite'] : [kind],
    )('%s that is gone does not begin anew by itself, but by a copy or on purpose', async (of) => {
      const env = { BINDELED_STORE: of === 'json' ? 'json:' : named() };
      const run = (args: readonly string[], more = {}) => commands.run(home, args, { ...env, ...more });
      // A place where no store was begins as ever.
      expect((await run(['find', 'x'])).code).toBe(1);
      await addAndSync(env);
      const copy = join(home.folder, 'copy.json');
      expect((await run(['store', 'export', copy])).code).toBe(0);
      await takeAway(of);
      const add = ['shops', 'add', 'no', '--platform', 'woocommerce', '--url', served.url];
      for (const command of [['find', 'x'], ['shops'], ['doctor'], ['store', 'check'], ['store', 'show'], add]) {
        const refused = await run(command);
        expect(refused.code, command.join(' ')).toBe(5);
        expect(refused.stderr).toMatch(/not there|no store in it/);
        expect(refused.stderr).toContain('store init');
      }
      const asked = await run(['find', 'x', '--json'], { BINDELED_LANG: 'da' });
      expect(documentOf(asked)).toMatchObject({
        trouble: 'missing',
        details: [expect.anything(), expect.stringContaining('data med shops før')],
      });
      // Nobody loses another place over it.
      expect((await run(['find', 'x'], { BINDELED_STORE: `sqlite:${home.folder}/other.sqlite` })).code).toBe(1);
      expect((await run(['store', 'import', copy])).code).toBe(0);
      expect((await run(['show', 'SOK-1'])).stdout).toContain('1 of 1 shop');
      const there = await run(['store', 'init']);
      expect(there.code).toBe(2);
      expect(there.stderr).toContain('left as it is');
      await takeAway(of);
      expect((await run(['store', 'init', '--read-only'])).code).toBe(1);
      expect((await run(['store', 'init'])).code).toBe(0);
      expect((await run(['shops'])).stderr).toContain('No shop yet');
    });

    test('is known as soon as everything was moved into it', async () => {
      await addAndSync();
      expect((await commands.run(home, ['store', 'move', named()])).code).toBe(0);
      await takeAway(kind);
      expect((await commands.run(home, ['find', 'x'], { BINDELED_STORE: named() })).code).toBe(5);
    });

    test('is moved into, used from then on, and moved out of again', async () => {
      await addAndSync();
      const moved = await runCli(home, ['store', 'move', named()]);
      expect(moved.code, moved.stderr).toBe(0);
      expect(moved.stdout + moved.stderr).not.toContain(password());
      const settings = readFileSync(join(home.folder, 'config', 'config.json'), 'utf8');
      expect(settings).toContain(kind === 'sqlite' ? 'sqlite:' : 'postgres://');
      expect(settings).not.toContain(password());
      const env = { PGPASSWORD: kind === 'postgres' ? password() : '' };
      expect((await runCli(home, ['show', 'SOK-1'], { env })).stdout).toContain('1 of 1 shop');
      shop.add({ sku: 'SOK-6', quantity: 6 });
      await commands.run(home, ['sync', '--full'], env);
      expect((await commands.run(home, ['show', 'SOK-6'], env)).stdout).toContain('1 of 1 shop');
      const full = await commands.run(home, ['store', 'move', 'json:'], env);
      expect(full.stderr).toContain('holds something already');
      expect((await commands.run(home, ['undo', '--list'], env)).code).toBe(0);
    });
  });
}
