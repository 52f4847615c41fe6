import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CommandRunner } from '../../../src/cli/command-context.ts';
import { commands } from '../../../src/cli/command-list.ts';
import { asksStore, callStoreServer } from '../../../src/runtime/call-server.ts';
import { wordsOf } from '../../../src/views/words/words.ts';

test('what asks no store by its own declaration is known by its words before it is loaded, and nothing else is', () => {
  const ways: string[] = [];
  const way = (name: string) => () => {
    ways.push(name);
    return async () => undefined;
  };
  const runner: CommandRunner = {
    words: wordsOf('en'),
    openDashboard: async () => undefined,
    run: way('store'),
    runUntilStopped: way('store'),
    runWithoutStore: way('none'),
  };
  const found = commands.flatMap(({ name, act }) => {
    ways.length = 0;
    act?.(runner);
    return ways[0] === undefined ? [] : [{ name, asks: ways[0] === 'store' }];
  });
  expect(found.length).toBeGreaterThan(40);
  expect(found.map(({ name }) => ({ name, asks: asksStore([...name.split(' '), 'x']) }))).toEqual(found);
  const without = [['find', '--help'], ['stock', 'set', '-h'], ['help', 'find'], ['demo']];
  expect(without.filter(asksStore)).toEqual([]);
});

test('a server is called where the environment or the settings name one, and nobody else', async () => {
  let calls = 0;
  const server = createServer((socket) => {
    calls += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { readonly port: number };
  const url = `postgres://peter:secret@127.0.0.1:${port}/goods`;
  const home = mkdtempSync(join(tmpdir(), 'bindeled-called-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const config = (text: string): void => writeFileSync(join(home, 'config', 'config.json'), text);
  mkdirSync(join(home, 'config'));
  const env = { BINDELED_HOME: home };
  expect(await callStoreServer(env)).toBeUndefined();
  config('{"store":"sqlite:"}');
  expect(await callStoreServer(env)).toBeUndefined();
  config('{"store":');
  expect(await callStoreServer(env)).toBeUndefined();
  expect(await callStoreServer({ ...env, BINDELED_STORE: 'postgres://peter@a,b/goods' })).toBeUndefined();
  config(JSON.stringify({ store: url }));
  expect(await callStoreServer({ ...env, BINDELED_STORE: 'json:' })).toBeUndefined();
  expect(calls).toBe(0);
  const called = await callStoreServer(env);
  expect(called?.connection).toBe(url);
  // Nobody minds that it does not answer until the connection is taken.
  await expect(called?.pool.connect()).rejects.toThrow();
  await expect(called?.says).rejects.toThrow();
  expect(calls).toBe(1);
  await called?.pool.end();
  await new Promise((resolve) => server.close(resolve));
});
