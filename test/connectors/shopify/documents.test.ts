import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import {
  buildClientSchema,
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  parse,
  validate,
} from 'graphql';
import { describe, expect, it, vi } from 'vitest';
import { allVariants, alsoAt, apiVersion, documents } from '../../../src/connectors/shopify/documents.ts';
import { makeSchema } from '../../../src/demo/simulators/shopify/graphql-schema.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

/** Shopify's own schema, as its server describes it. It is too large to keep here: elsewhere these tests are skipped. */
const recorded = new URL(`../../../../shared/reference/data/shopify/admin_${apiVersion}.json.gz`, import.meta.url);
const absent = !existsSync(recorded);
const why = absent ? ' (skipped: the recorded schema is not on this machine)' : '';

// Shopify deprecates ids that an interface keeps, which graphql-js holds to be a fault: that is Shopify's affair.
const realSchema = (): GraphQLSchema =>
  buildClientSchema(JSON.parse(gunzipSync(readFileSync(recorded)).toString()).data, { assumeValid: true });

describe('Shopify documents', () => {
  it('are all fit for the simulator', () => {
    const schema = makeSchema();
    for (const { name, text } of documents) {
      expect([name, validate(schema, parse(text)).map(({ message }) => message)]).toEqual([name, []]);
    }
  });

  it('are fit for both where several locations are asked for, each under a name of its own', () => {
    const located = documents.filter(({ text }) => text.includes('fragment VariantRow'));
    expect(located.map(({ name }) => name)).toEqual(['VariantsPage', 'ChangedProducts', 'ProductById', 'ProductsById']);
    for (const one of located) {
      const { text } = alsoAt(one, ['2', '31']);
      expect(text).toContain('at_31: inventoryLevel(locationId: "gid://shopify/Location/31")');
      for (const schema of absent ? [makeSchema()] : [makeSchema(), realSchema()]) {
        expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
      }
    }
  });

  it('bear the name of their one operation', () => {
    for (const { name, text } of documents) expect(text).toMatch(new RegExp(`^(query|mutation) ${name}\\b`));
  });

  it.skipIf(absent)(`are all fit for Shopify itself${why}`, () => {
    const schema = realSchema();
    for (const { name, text } of documents) {
      expect([name, validate(schema, parse(text)).map(({ message }) => message)]).toEqual([name, []]);
    }
  });

  it('of which a file is ordered, is fit for the simulator and for Shopify, and asks for lists by their edges', () => {
    for (const locations of [[], ['1'], ['1', '2', '3']]) {
      const text = allVariants(locations);
      for (const schema of absent ? [makeSchema()] : [makeSchema(), realSchema()]) {
        expect(validate(schema, parse(text)).map(({ message }) => message)).toEqual([]);
      }
      expect(text).not.toMatch(/\bnodes\b|\$/);
    }
  });

  it('write nothing but stock', () => {
    const roots = documents
      .filter(({ text }) => text.startsWith('mutation'))
      .map(({ text }) => /\{\s*(\w+)/.exec(text)?.[1]);
    expect(roots).toEqual(['inventorySetQuantities', 'bulkOperationRunQuery']);
  });
});

describe('The simulated schema', () => {
  it.skipIf(absent)(`has nothing that Shopify has not${why}`, () => {
    expect(strangersIn(makeSchema(), realSchema())).toEqual([]);
  });
});

/** Types, fields, arguments and words of one schema that another lacks or spells otherwise. */
function strangersIn(ours: GraphQLSchema, theirs: GraphQLSchema): readonly string[] {
  return Object.values(ours.getTypeMap()).flatMap((type) => {
    if (type.name.startsWith('__')) return [];
    const real = theirs.getType(type.name);
    if (real === undefined || real.constructor !== type.constructor) return [type.name];
    if (isEnumType(type) && isEnumType(real)) {
      return type
        .getValues()
        .flatMap(({ name }) => (real.getValue(name) === undefined ? [`${type.name}.${name}`] : []));
    }
    if (isInputObjectType(type) && isInputObjectType(real)) {
      return strangeFields(type.name, type.getFields(), real.getFields());
    }
    if ((isObjectType(type) && isObjectType(real)) || (isInterfaceType(type) && isInterfaceType(real))) {
      const interfaces = type
        .getInterfaces()
        .filter(({ name }) => !real.getInterfaces().some((one) => one.name === name));
      return [
        ...interfaces.map(({ name }) => `${type.name} implements ${name}`),
        ...strangeFields(type.name, type.getFields(), real.getFields()),
      ];
    }
    return [];
  });
}

type Fields = Readonly<Record<string, { readonly type: unknown; readonly args?: readonly Argument[] }>>;
type Argument = { readonly name: string; readonly type: unknown };

function strangeFields(type: string, ours: Fields, theirs: Fields): readonly string[] {
  return Object.entries(ours).flatMap(([name, field]) => {
    const real = theirs[name];
    if (real === undefined || String(real.type) !== String(field.type)) return [`${type}.${name}: ${field.type}`];
    return (field.args ?? []).flatMap((argument) => {
      const known = real.args?.find((one) => one.name === argument.name);
      return String(known?.type) === String(argument.type) ? [] : [`${type}.${name}(${argument.name})`];
    });
  });
}
