import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';

const plugin = (file: string) => import(new URL(`../../../bin/${file}`, import.meta.url).href);
const { lateQueryBuilders } = await plugin('late-query-builders.js');
const { plainCrypto } = await plugin('plain-crypto.js');
const require = createRequire(import.meta.url);

const utils = require.resolve('pg/lib/crypto/utils.js');
const source = readFileSync(utils, 'utf8');

type Crypto = {
  readonly sha256: (text: Uint8Array) => Promise<ArrayBuffer>;
  readonly hashByName: (name: string, text: Uint8Array) => Promise<ArrayBuffer>;
  readonly hmacSha256: (key: Uint8Array, text: string) => Promise<ArrayBuffer>;
  readonly deriveKey: (password: string, salt: Uint8Array, iterations: number) => Promise<ArrayBuffer>;
  readonly postgresMd5PasswordHash: (user: string, password: string, salt: Uint8Array) => Promise<string>;
  readonly randomBytes: (length: number) => Buffer;
};
const run = (code: string): Crypto => {
  const module = { exports: {} };
  new Function('module', 'require', code)(module, require);
  return module.exports as Crypto;
};

test('the password that a server of PostgreSQL is shown is worked out without Web Crypto, and is the same', async () => {
  const { code } = plainCrypto.transform(source, utils);
  expect(code).not.toMatch(/webCrypto\.|subtleCrypto\.(?!digest\('MD5')/);
  const salt = Buffer.from('0123456789abcdef');
  const text = Buffer.from([0, 1, 127, 128, 255]);
  const answers = async (crypto: Crypto) => {
    const key = await crypto.deriveKey("pw'd@:/ %x æøå", salt, 4_096);
    const bytes = [
      key,
      await crypto.hmacSha256(new Uint8Array(key), 'n=,r=æ'),
      await crypto.sha256(text),
      ...(await Promise.all(['SHA-256', 'SHA-384', 'SHA-512'].map((name) => crypto.hashByName(name, text)))),
    ];
    return [
      ...bytes.map((one) => Buffer.from(one).toString('hex')),
      await crypto.postgresMd5PasswordHash('u', 'p', salt),
    ];
  };
  const plain = run(code);
  expect(await answers(plain)).toEqual(await answers(run(source)));
  expect(plain.randomBytes(18)).toHaveLength(18);
  expect(plain.randomBytes(18)).not.toEqual(plain.randomBytes(18));
});

test('a driver that is written in another way fails the build', () => {
  expect(() => plainCrypto.transform(source.replace('async function sha256', 'function sha256'), utils)).toThrow(
    /is not what plain-crypto\.js knows/,
  );
  expect(plainCrypto.transform(source, '/node_modules/other/lib/crypto/utils.js')).toBeUndefined();
});

test('builders of statements are loaded where they are used, under whatever name they were imported', () => {
  const id = '/node_modules/kysely/dist/esm/parser/some-parser.js';
  const code = `import { freeze } from '../util/object-utils.js';
import { CaseBuilder, newCase as made, } from '../query-builder/case-builder.js';
export const build = (node) => freeze([new CaseBuilder(node), made(), node.made]);
`;
  const late = lateQueryBuilders.transform(code, id).code;
  expect(late).toBe(`import { freeze } from '../util/object-utils.js';
export const build = (node) => freeze([new (require('../query-builder/case-builder.js').CaseBuilder)(node), (require('../query-builder/case-builder.js').newCase)(), node.made]);
`);
  expect(lateQueryBuilders.transform(code, '/src/stores/some.ts')).toBeUndefined();
  expect(lateQueryBuilders.transform("import { freeze } from '../util/object-utils.js';\n", id)).toBeUndefined();
});
