import { closeSync, constants, fstatSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { cleanSecret } from '../connectors/clean.ts';
import { credentialVariable, type FindSecrets } from '../connectors/connector-factory.ts';
import type { Shop } from '../domain/shop.ts';
import { decodeText } from '../files/decode-text.ts';
import { readAll } from '../files/regular-file.ts';
import { parseStrictJson } from '../files/strict-json.ts';
import type { SecretKeeping } from '../ports/platform.ts';
import { makeFolders } from '../stores/disk/make-folders.ts';
import { withLock } from '../stores/locking/lock.ts';
import { ownVariables } from './environment/own-variables.ts';
import type { Environment } from './environment/paths.ts';

type Secrets = Readonly<Record<string, string>>;

/** The file of credentials cannot be trusted or read. It never says what stands in it. */
export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
  readonly kind: 'open-to-others' | 'not-yours' | 'not-json' | 'wrong-shape' | 'unreadable';
  readonly file: string;

  constructor(kind: CredentialsError['kind'], file: string) {
    super(`${kind}: ${file}`);
    this.kind = kind;
    this.file = file;
  }
}

// A secret out of a file or a `.env` of another system often ends in a line feed or a blank, or stands in quotes.
const cleaned = (pairs: readonly (readonly [string, string])[]): Secrets | undefined => {
  const kept = pairs.map(([name, value]) => [name, cleanSecret(value)] as const).filter(([, value]) => value !== '');
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
};

// By exact names: `BINDELED_DK_B2B_KEY` belongs to the shop `dk-b2b` and says nothing of the shop `dk`. A shop that an
// older version let be called `smtp` gets no password of the mail.
const fromEnvironment = (env: Environment, shopId: string, names: readonly string[]): Secrets | undefined =>
  cleaned(
    names.map((name) => {
      const variable = credentialVariable(shopId, name);
      return [name, ownVariables.includes(variable) ? '' : (env[variable] ?? '')] as const;
    }),
  );

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const decode = (text: string, file: string): Readonly<Record<string, Secrets>> => {
  let found: unknown;
  try {
    found = parseStrictJson(text);
  } catch {
    // The parser's own words would quote the file.
    throw new CredentialsError('not-json', file);
  }
  if (!isRecord(found)) throw new CredentialsError('wrong-shape', file);
  const shops = Object.entries(found).map(([shopId, secrets]) => {
    if (!isRecord(secrets)) throw new CredentialsError('wrong-shape', file);
    const pairs = Object.entries(secrets).map(([name, value]) => {
      if (typeof value !== 'string') throw new CredentialsError('wrong-shape', file);
      return [name, value] as const;
    });
    return [shopId, Object.fromEntries(pairs)] as const;
  });
  return Object.fromEntries(shops);
};

const isMissing = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT';

const maxBytes = 1024 * 1024;

const textOf = (handle: number, file: string): string => {
  try {
    return decodeText(readAll(handle, file, maxBytes))?.text ?? '';
  } catch {
    throw new CredentialsError('unreadable', file);
  }
};

const readFile = (file: string): Readonly<Record<string, Secrets>> => {
  let handle: number;
  try {
    handle = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    if (isMissing(error)) return {};
    throw new CredentialsError('unreadable', file);
  }
  try {
    const found = fstatSync(handle);
    if (!found.isFile()) throw new CredentialsError('unreadable', file);
    if (process.platform !== 'win32') {
      if (process.getuid !== undefined && found.uid !== process.getuid()) throw new CredentialsError('not-yours', file);
      if ((found.mode & 0o077) !== 0) throw new CredentialsError('open-to-others', file);
    }
    return decode(textOf(handle, file), file);
  } finally {
    closeSync(handle);
  }
};

const writeFile = (file: string, credentials: Readonly<Record<string, Secrets>>): void => {
  makeFolders(dirname(file));
  const aside = `${file}.${process.pid}.tmp`;
  const handle = openSync(aside, 'w', 0o600);
  try {
    writeSync(handle, `${JSON.stringify(credentials, undefined, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(aside, file);
};

/** The keys of the shops: from the environment, else from a file that only its owner can read. */
export type CredentialKeeper = {
  /**
   * A shop's secrets by name, of those names alone, without blanks and quotes around them. What the environment has of
   * them counts where it is a whole key: a variable that was left over hides no key in the file. Throws a
   * `CredentialsError` when they would lie in a file that others can read.
   */
  readonly credentialsFor: FindSecrets<Secrets, Pick<Shop, 'id'>>;
  /** Keeps a shop's secrets in the file, readable by its owner alone. */
  readonly save: (shop: Pick<Shop, 'id'>, secrets: Secrets) => Promise<void>;
  /** Takes all that the file has of a shop out of it. */
  readonly forget: (shop: Pick<Shop, 'id'>) => Promise<void>;
  /** Where secrets are kept that the shop replaces; nothing where they come from the environment. */
  readonly keepingFor: FindSecrets<SecretKeeping, Pick<Shop, 'id'>>;
};

const always = (): boolean => true;

/** Looks in the environment first, and only then into the file: what needs no file is not stopped by one. */
export const makeCredentialKeeper = (file: string, env: Environment): CredentialKeeper => {
  /** Two programs that write at once would each lose what the other wrote. */
  const alone = <Value>(work: () => Promise<Value>): Promise<Value> => {
    makeFolders(dirname(file));
    return withLock(`${file}.lock`, work);
  };
  const inFile = (shop: Pick<Shop, 'id'>): Secrets | undefined => {
    const shops = readFile(file);
    return Object.hasOwn(shops, shop.id) ? cleaned(Object.entries(shops[shop.id] ?? {})) : undefined;
  };
  const write = (shop: Pick<Shop, 'id'>, secrets: Secrets): void =>
    writeFile(file, { ...readFile(file), [shop.id]: secrets });
  return {
    credentialsFor: (shop, names, isWhole = always) => {
      const given = fromEnvironment(env, shop.id, names);
      return given !== undefined && isWhole(given) ? given : (inFile(shop) ?? given);
    },
    save: (shop, secrets) => alone(async () => write(shop, secrets)),
    forget: async (shop) => {
      if (!Object.hasOwn(readFile(file), shop.id)) return;
      await alone(async () => {
        const { [shop.id]: _gone, ...others } = readFile(file);
        writeFile(file, others);
      });
    },
    keepingFor: (shop, names, isWhole = always) => {
      const given = fromEnvironment(env, shop.id, names);
      if (given !== undefined && (isWhole(given) || inFile(shop) === undefined)) return undefined;
      return {
        renew: (next) =>
          alone(async () => {
            const kept = inFile(shop) ?? {};
            const renewed = await next(kept);
            if (renewed !== kept) write(shop, renewed);
            return renewed;
          }),
      };
    },
  };
};
