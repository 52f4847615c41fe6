import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import type { FakeRequest, FakeResponse } from '../../../src/demo/simulators/server.ts';
import { instantOf, toShopProductId, toSku } from '../../../src/domain/ids.ts';
import { forever, quantityFor, readAll, readStock } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { mismatches, resolved, type Schema } from '../../support/vendor-schema.ts';
import { openMagento } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** The vendor's own file, read in place, by what reads YAML here where something does. */
const file = new URL('../../../../shared/reference/data/magento/admin-schema-2.4.9.yaml', import.meta.url);
const reader = 'yaml';
const yaml: { parse: (text: string) => Schema } | undefined = await import(reader).catch(() => undefined);
const absent = !existsSync(file) || yaml === undefined;
const why = absent ? ' (skipped: the schema, or what reads YAML, is not on this machine)' : '';
const root: Schema = absent ? {} : (yaml?.parse(readFileSync(file, 'utf8')) ?? {});

type Heard = { readonly request: FakeRequest; readonly answer: FakeResponse };

/** Everything that a connector may ask, of a shop with sources and of one without, heard on the way. */
async function hearAll(): Promise<readonly Heard[]> {
  const heard: Heard[] = [];
  const hears = (request: FakeRequest, answer: FakeResponse) => heard.push({ request, answer });
  for (const options of [{}, { sourceless: true }]) {
    const world = await openMagento({ options, hears });
    const cup = world.shop.add({ sku: 'CUP', quantity: 2, barcode: '5701234567899' });
    const shirt = world.shop.add({ sku: 'SHIRT', variants: [{ sku: 'SHIRT-S', quantity: 1 }] });
    world.shop.sell([{ productId: cup.id, quantity: 1 }]);
    await world.connector.test(forever);
    await readAll(world.connector);
    await readAll(world.connector, instantOf(0));
    await readStock(world.connector);
    await world.connector.sales({ since: instantOf(0) }, forever);
    await world.connector.withGtin!('5701234567899', forever);
    await world.connector.withSku(toSku('CUP'), forever);
    await world.connector.product(toShopProductId(shirt.id), forever);
    await world.connector.product(toShopProductId('999'), forever);
    await world.connector.push([quantityFor(refTo('dk', cup.id), 9)], forever);
  }
  return heard.filter(({ request }) => request.path.includes('/V1/'));
}

type Operation = Schema & { readonly parameters?: readonly Schema[] };

/** The operation that a question is for, by the path as the file writes it; the plain one before one with a name in it. */
function operationOf({ method, path }: FakeRequest): Operation | undefined {
  const asked = path.replace(/^.*(?=\/V1\/)/, '').replace(/\/$/, '');
  const paths = Object.entries((root.paths ?? {}) as Record<string, Record<string, Operation>>);
  const fits = ([written]: readonly [string, unknown]): boolean =>
    new RegExp(`^${written.replace(/\/$/, '').replace(/\{\w+\}/g, '[^/]+')}$`).test(asked);
  const [best] = paths.filter(fits).sort(([a], [b]) => a.split('{').length - b.split('{').length);
  return best?.[1][method.toLowerCase()];
}

/** A word of a search as the file writes it: in camel case, and for the first filter of the first group alone. */
const asWritten = (name: string): string => {
  const camel = name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return camel.replace(/\[\d+\]/g, '[0]');
};

const schemaIn = (operation: Operation, place: string): unknown =>
  operation.parameters?.map((one) => resolved(root, one)).find((one) => one.in === place)?.schema;

describe.skipIf(absent)(`Every question to Magento and every answer, by the vendor's schema${why}`, () => {
  let kept: Promise<readonly Heard[]> | undefined;
  const all = (): Promise<readonly Heard[]> => {
    kept ??= hearAll();
    return kept;
  };
  const of = (some: Heard): string => `${some.request.method} ${some.request.path.replace(/^.*\/V1/, '/V1')}`;

  it('has the paths that are asked, with their methods', async () => {
    const heard = await all();
    expect(heard.length).toBeGreaterThan(40);
    expect(new Set(heard.filter(({ request }) => operationOf(request) === undefined).map(of))).toEqual(new Set());
  });

  it('has every word of every question', async () => {
    const heard = await all();
    const unknown = heard.flatMap((some) => {
      const known = new Set(operationOf(some.request)?.parameters?.map((one) => String(resolved(root, one).name)));
      // Any GET may choose its fields; the file leaves that out.
      return [...some.request.query.keys()].flatMap((name) =>
        name === 'fields' || known.has(asWritten(name)) ? [] : [`${of(some)} ${name}`],
      );
    });
    expect([...new Set(unknown)]).toEqual([]);
  });

  it('takes what is written as it is', async () => {
    const heard = await all();
    const written = heard.filter(({ request }) => request.method !== 'GET');
    expect(new Set(written.map(of)).size).toBeGreaterThan(1);
    const wrong = written.flatMap((some) => {
      const schema = schemaIn(operationOf(some.request) ?? {}, 'body');
      return schema === undefined
        ? [`${of(some)} takes no body`]
        : mismatches(root, schema, JSON.parse(some.request.body), of(some));
    });
    expect([...new Set(wrong)]).toEqual([]);
  });

  it('has what the simulator answers, in the types that it answers', async () => {
    const heard = await all();
    const wrong = heard.flatMap((some) => {
      const responses = (operationOf(some.request)?.responses ?? {}) as Record<string, Schema>;
      const schema = responses[String(some.answer.status)]?.schema ?? responses.default?.schema;
      if (schema === undefined) return [`${of(some)} has no answer ${some.answer.status}`];
      const { body } = some.answer;
      // A text is sent as it is.
      const said: unknown = JSON.parse(typeof body === 'string' ? body : JSON.stringify(body));
      return mismatches(root, schema, said, `${of(some)} ${some.answer.status}`).map((one) =>
        one.replace(/\[\d+\]/g, ''),
      );
    });
    expect([...new Set(wrong)]).toEqual([]);
  });
});
