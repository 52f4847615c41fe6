import { describe, expect, test, vi } from 'vitest';
import { files, textOf } from './repository.ts';
import { lineOf, type Source, sources, walk } from './source.ts';
// What else looks through all that was parsed: who may name whom, and that no two folders name each other.
import './floors-rules.ts';
import './folder-circles-rules.ts';

// Every file is read, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const ours = sources.filter((source) => /^(src|components)\//.test(source.path));

describe('names', () => {
  test('no folder has a name that says nothing', () => {
    const nothing = /^(utils?|common|helpers?|types|shared|lib|misc|core|stuff|.*\d)$/i;
    const folders = new Set(ours.flatMap((source) => source.path.split('/').slice(0, -1)));
    expect([...folders].filter((folder) => nothing.test(folder))).toEqual([]);
  });

  test('no file gathers what other files hold', () => {
    expect(sources.map((source) => source.path).filter((path) => /(^|\/)index\.tsx?$/.test(path))).toEqual([]);
  });

  test('a component bears its own name, every other file is written with hyphens', () => {
    const wrong = sources
      .map((source) => source.path.split('/').at(-1) ?? '')
      .filter((name) => !/^[A-Z][A-Za-z]+\.tsx$|^[a-z0-9]+(-[a-z0-9]+)*(\.(test|contract))?\.tsx?$/.test(name));
    expect(wrong).toEqual([]);
  });

  test('a file with a component name is under components, and exports that name', () => {
    const wrong = sources
      .filter((source) => /\/[A-Z][A-Za-z]+\.tsx$/.test(source.path))
      .filter((source) => {
        const name = /([A-Za-z]+)\.tsx$/.exec(source.path)?.[1] ?? '';
        return !source.path.startsWith('components/') || !new RegExp(`export function ${name}[<(]`).test(source.text);
      });
    expect(wrong.map((source) => source.path)).toEqual([]);
  });
});

/** Files over 200 lines, each with its reason. A file that has become shorter must leave the list. */
const long: Readonly<Record<string, string>> = {
  'src/connectors/shopify/documents.ts': 'every question that is put, side by side',
  'src/demo/simulators/bigcommerce.ts': 'the API of one platform as its documentation lists it',
  'src/demo/simulators/dandomain-webshop.ts': 'the API of one platform as its documentation lists it',
  'src/demo/simulators/fake-shop.ts': 'the model of a shop: its state and all that can be done to it',
  'src/demo/simulators/magento.ts': 'the API of one platform as its documentation lists it',
  'src/demo/simulators/medusa.ts': 'the API of one platform as its documentation lists it',
  'src/demo/simulators/shopify.ts': 'the API of one platform as its documentation lists it',
  'src/demo/simulators/server.ts': 'every way in which a shop may fail on the line, side by side',
  'src/demo/simulators/shopware.ts': 'the API of one platform as its documentation lists it',
  'src/demo/simulators/shopware/rows.ts': 'every field of the rows as the platform writes them',
  'src/demo/simulators/vendure.ts': 'the API of one platform as its documentation lists it',
  'src/demo/simulators/woocommerce.ts': 'the API of one platform as its documentation lists it',
  'src/demo/simulators/woocommerce/rows.ts': 'every field of two rows as the platform writes it',
  'src/domain/event.ts': 'one union of everything that can have happened',
  'src/services/shops/manage-shops.ts': 'four short services on shops that share what they check',
};

/** Folders of more than fifteen files, each with its reason. */
const crowded: Readonly<Record<string, string>> = {
  'src/runtime': 'a file a concern of the process: keys, log, signals, errors, the stores and systems it is told of',
  'components/screens': 'a file a screen, their list, and what declares and draws them',
};

describe('sizes', () => {
  test('no folder of the program holds more than fifteen files without a reason', () => {
    const held = Map.groupBy(ours, ({ path }) => path.slice(0, path.lastIndexOf('/')));
    const over = [...held].filter(([, inside]) => inside.length > 15).map(([folder]) => folder);
    expect(over.toSorted()).toEqual(Object.keys(crowded).toSorted());
  });

  test('no file of the program is over 200 lines without a reason', () => {
    // A list of words is as long as the program has things to say.
    const over = ours
      .filter(({ path, lines }) => lines > 200 && !path.startsWith('src/views/words/'))
      .map(({ path }) => path);
    expect(over.toSorted()).toEqual(Object.keys(long).toSorted());
  });

  test('no function takes more than four things', () => {
    const found: string[] = [];
    // A sentence has as many blanks as it needs, and an error as many facts.
    const exempt = /^src\/views\/words\/|^src\/ports\/[a-z]+-error\.ts$/;
    for (const source of ours.filter((one) => !exempt.test(one.path))) {
      walk(source.program, (node) => {
        const given = node.params;
        if (/Function/.test(node.type) && Array.isArray(given) && given.length > 4) {
          found.push(`${source.path}:${lineOf(source, node)}`);
        }
      });
    }
    expect(found).toEqual([]);
  });
});

/** Places where a part of the language that we do without is met. */
function met(source: Source, isIt: (type: string, text: string) => boolean): readonly string[] {
  const found: string[] = [];
  walk(source.program, (node) => {
    if (isIt(node.type, source.text.slice(node.start, Math.min(node.end, node.start + 60)))) {
      found.push(`${source.path}:${lineOf(source, node)}`);
    }
  });
  return found;
}

describe('the language we write', () => {
  test('nothing is exported by default', () => {
    expect(sources.flatMap((source) => met(source, (type) => type === 'ExportDefaultDeclaration'))).toEqual([]);
  });

  test('classes are errors', () => {
    const isOther = (type: string, text: string): boolean =>
      type === 'ClassDeclaration' && !/ extends \w*Error\b/.test(text);
    expect(ours.flatMap((source) => met(source, isOther))).toEqual([]);
  });

  test('no enum and no namespace', () => {
    // A screen adds its own entry to the list of routes: that is no namespace.
    const isOne = (type: string, text: string): boolean =>
      /^TS(Enum|Module)Declaration$/.test(type) && !text.startsWith("declare module '");
    expect(sources.flatMap((source) => met(source, isOne))).toEqual([]);
  });

  test('null stops at the door: neither the domain, nor services, nor screens know it', () => {
    const inner = ours.filter((source) => /^src\/(domain|ports|services)\//.test(source.path));
    const isNull = (type: string, text: string): boolean =>
      type === 'TSNullKeyword' || (type === 'Literal' && text.startsWith('null'));
    expect(inner.flatMap((source) => met(source, isNull))).toEqual([]);
  });

  test('no error is caught and dropped', () => {
    const isDropped = (type: string, text: string): boolean =>
      type === 'CatchClause' && /^catch[^{]*\{\s*\}/.test(text);
    expect(ours.flatMap((source) => met(source, isDropped))).toEqual([]);
  });

  test('the environment is asked at the front door only', () => {
    const isEnvironment = (type: string, text: string): boolean =>
      type === 'MemberExpression' && /^process\.env\b/.test(text);
    const below = ours.filter((source) => !/^src\/([^/]+|(runtime|demo)\/.+)\.ts$/.test(source.path));
    expect(below.flatMap((source) => met(source, isEnvironment))).toEqual([]);
  });

  test('no test stands in for a module', () => {
    const isMock = (type: string, text: string): boolean =>
      type === 'CallExpression' && /^vi\.(mock|doMock)\(/.test(text);
    expect(sources.flatMap((source) => met(source, isMock))).toEqual([]);
  });
});

describe('what is told to the world', () => {
  const texts = files.filter(
    (path) => !/(^|\/)package-lock\.json$|\.(svg|png)$/.test(path) && path !== 'test/house/files.test.ts',
  );
  const lines = texts.flatMap((path) =>
    textOf(path)
      .split('\n')
      .map((line, at) => ({ where: `${path}:${at + 1}`, line })),
  );
  const those = (said: RegExp): readonly string[] =>
    lines.filter(({ line }) => said.test(line)).map(({ where }) => where);

  test('no path of the machine it was written on', () => {
    expect(those(/(^|[\s"'`(=])\/(work|home|root|Users|mnt|opt\/node)\//)).toEqual([]);
  });

  test('no address of a package registry', () => {
    expect(those(/registry\.(npmjs|yarnpkg)|"resolved":/)).toEqual([]);
    expect(textOf('package-lock.json')).not.toContain('"resolved": "http');
  });

  test('no promise to do something later', () => {
    expect(those(/\b(TODO|FIXME|XXX|HACK)\b/)).toEqual([]);
  });

  test('nothing about how it came to be written', () => {
    expect(those(/\b(as an AI|language model|prompt engineering|coding agent|work session)\b/i)).toEqual([]);
  });
});
