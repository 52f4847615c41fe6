import { describe, expect, test, vi } from 'vitest';
import { allowed, circle, floorOf } from './floors.ts';
import { lineOf, type Node, parse, type Source, sources, walk } from './source.ts';

// Every file is read, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const trespasses = (source: Source): readonly string[] =>
  source.imports
    .filter((one) => !allowed(source.path, one))
    .map((one) => `${source.path} (${floorOf(source.path)?.name ?? 'no floor'}) may not name ${one.specifier}`);

describe('who may lean on whom', () => {
  test('every file keeps to its floor', () => {
    expect(sources.flatMap(trespasses)).toEqual([]);
  });

  test('nothing outside test and bench names test', () => {
    const named = sources
      .filter((source) => !/^(test|bench)\//.test(source.path))
      .flatMap((source) => source.imports.map((one) => `${source.path} -> ${one.file ?? ''}`))
      .filter((line) => /-> (test|bench)\//.test(line));
    expect(named).toEqual([]);
  });

  test('no file is on no floor', () => {
    expect(sources.filter((source) => floorOf(source.path) === undefined).map((source) => source.path)).toEqual([]);
  });

  test.each([
    ['src/domain/push-plan.ts', "import { z } from 'zod';"],
    ['src/domain/push-plan.ts', "import type { Store } from '../ports/store.ts';"],
    ['src/ports/store.ts', "import type { Services } from '../services/services.ts';"],
    ['src/services/sync/sync-shop.ts', "import { memoryStore } from '../../stores/memory-store.ts';"],
    ['src/services/sync/sync-shop.ts', "import { readFile } from 'node:fs/promises';"],
    ['src/views/history/event-lines.ts', "import { Refusal } from '../../services/services.ts';"],
    ['src/connectors/shopify/map.ts', "import { toListing } from '../woocommerce/map.ts';"],
    ['src/connectors/http.ts', "import { shopify } from './shopify/driver.ts';"],
    ['src/stores/json-store.ts', "import { lookUp } from '../services/lookup/search.ts';"],
    ['components/screens/Shops.tsx', "import type { Store } from '../../src/ports/store.ts';"],
    ['components/screens/Shops.tsx', "import { sync } from '../../src/services/sync/sync-shop.ts';"],
    ['src/cli/commands/lookup/find.ts', "import { jsonStore } from '../../../stores/json-store.ts';"],
    ['src/main.ts', "import { openApp } from '../components/open-app.tsx';"],
    ['src/main.ts', "import { makeShop } from '../test/support/builders.ts';"],
  ])('%s is stopped at: %s', (path, text) => {
    expect(trespasses(parse(path, text))).toHaveLength(1);
  });

  test.each([
    ['src/views/history/event-lines.ts', "import type { Services } from '../../services/services.ts';"],
    ['src/connectors/shopify/map.ts', "import { clean } from '../clean.ts'; import { schema } from './schema.ts';"],
    ['src/main.ts', "const { openApp } = await import('../components/open-app.tsx');"],
    [
      'src/services/sync/sync-shop.ts',
      "import { linkable } from '../../domain/listing.ts'; import PQueue from 'p-queue';",
    ],
  ])('%s is let through with: %s', (path, text) => {
    expect(trespasses(parse(path, text))).toEqual([]);
  });
});

describe('circles', () => {
  test('no file names itself by way of others, not even for a type', () => {
    expect(circle(sources)).toBeUndefined();
  });

  test('a ring of three is found', () => {
    const ring = [
      parse('a/one.ts', "import type { Two } from './two.ts';"),
      parse('a/two.ts', "import { three } from './three.ts';"),
      parse('a/three.ts', "export { one } from './one.ts';"),
    ];
    expect(circle(ring)).toEqual(['a/one.ts', 'a/two.ts', 'a/three.ts', 'a/one.ts']);
  });
});

/** Words of the machine: what a judgement that is always the same cannot ask. */
const machine =
  /^(Promise|process|console|performance|crypto|setTimeout|setInterval|setImmediate|queueMicrotask|fetch)$/;

/** A name that stands for itself, not one that belongs to something else (`row.process`, `{ process: 1 }`). */
const standsAlone = (as: string, parent: Node | undefined): boolean =>
  !((as === 'property' || as === 'key') && parent?.computed !== true);

function impurities(source: Source): readonly string[] {
  const found: string[] = [];
  const say = (node: Node, what: string): void => {
    found.push(`${source.path}:${lineOf(source, node)} ${what}`);
  };
  walk(source.program, (node, as, parent) => {
    const name = String(node.name ?? '');
    if (node.type === 'Identifier' && machine.test(name) && standsAlone(as, parent)) say(node, name);
    if (node.async === true || node.type === 'AwaitExpression') say(node, 'async');
    const text = source.text.slice(node.start, node.end);
    if (node.type === 'MemberExpression' && /^(Date\.now|Math\.random)$/.test(text)) say(node, text);
    if (node.type === 'NewExpression' && /^new Date(\(\s*\))?$/.test(text)) say(node, text);
  });
  return found;
}

describe('domain and views only judge and say', () => {
  test('nothing waits, asks the time, throws dice or speaks', () => {
    const pure = sources.filter((source) => /^src\/(domain|views)\//.test(source.path));
    expect(pure.length).toBeGreaterThan(20);
    expect(pure.flatMap(impurities)).toEqual([]);
  });

  test.each([
    'export const at = () => Date.now();',
    'export const at = () => new Date();',
    'export const at = async () => 1;',
    'export const at: Promise<number> | undefined = undefined;',
    'export const at = () => Math.random();',
    "export const at = () => process.env['HOME'];",
    "console.log('here');",
  ])('%s is seen', (text) => {
    expect(impurities(parse('src/domain/x.ts', text)).length).toBeGreaterThan(0);
  });

  test('a moment that is given, and a word that only looks like the machine, are fine', () => {
    const text = 'export const f = (row: { process: string }, ms: number) => row.process + new Date(ms).toISOString();';
    expect(impurities(parse('src/domain/x.ts', text))).toEqual([]);
  });
});
