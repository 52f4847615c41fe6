import { statSync } from 'node:fs';
import { join } from 'node:path';
import { percentDecoded } from '../domain/text/percent-decoded.ts';
import { decodeText } from '../files/decode-text.ts';
import { readRegularFile } from '../files/regular-file.ts';
import { passwordsIn } from '../stores/disk/password-file.ts';
import { ownVariables } from './environment/own-variables.ts';
import { type Environment, passwordFilePlace, pathsFrom } from './environment/paths.ts';

/** Shorter than this nothing is a secret, and hiding it would leave nothing to read. */
const minSecretLength = 4;

/** Of our own variables these two hold a secret, and `BINDELED_STORE` may; what others hold may be seen. */
const ownSecrets = ['BINDELED_SMTP_PASSWORD', 'BINDELED_ALARM_WEBHOOK'];
/** Who it is that signs in; without the rest it opens nothing. */
const names = /_(USER|USERNAME|CLIENT_ID|STORE_HASH)$/;

const isSecret = (variable: string): boolean =>
  variable === 'PGPASSWORD' ||
  ownSecrets.includes(variable) ||
  (variable.startsWith('BINDELED_') && !ownVariables.includes(variable) && !names.test(variable));

const textIn = (file: string): string => {
  try {
    return decodeText(readRegularFile(file))?.text ?? '';
  } catch {
    // What cannot be read gave no secret away.
    return '';
  }
};

const unquoted = (text: string): string => {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.slice(1, -1);
  }
};

/** Every text in a JSON file but the names of its fields, whatever shape it has. */
const textsIn = (file: string): readonly string[] =>
  [...textIn(file).matchAll(/("(?:[^"\\]|\\.)*")(\s*:)?/g)].flatMap(([, text = '', isName]) =>
    isName === undefined ? [unquoted(text)] : [],
  );

/** A shorter path of an address is a word and no key. */
const minHookLength = 10;

/** What is secret in an address: its password, and of one that is called without any sign-in its path. */
function inAddress(text: string): readonly string[] {
  const url = URL.parse(text.trim());
  if (url === null) return [];
  const given = [url.password, url.searchParams.get('password') ?? ''].flatMap((one) => [one, percentDecoded(one)]);
  if (!/^https?:$/.test(url.protocol)) return given;
  const path = [url.pathname + url.search, url.pathname.split('/').at(-1) ?? ''];
  return [...given, ...path.filter((part) => part.length >= minHookLength)];
}

/**
 * Every secret that may be at hand in this run, so that none is in what is written of a fault: of the shops, the
 * warehouse, the store, the mail, the ways to alarms and the proxies.
 */
export function knownSecrets(env: Environment, { config } = pathsFrom(env)): readonly string[] {
  const values = Object.entries(env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));
  const addresses = [
    ...values.flatMap(([name, value]) => (/^BINDELED_|_proxy$/i.test(name) ? [value] : [])),
    ...textsIn(join(config, 'config.json')),
  ];
  const found = [
    ...values.flatMap(([name, value]) => (isSecret(name) ? [value] : [])),
    ...addresses.flatMap(inAddress),
    ...textsIn(join(config, 'credentials.json')),
    ...passwordsIn(textIn(passwordFilePlace(env))),
  ];
  return [...new Set(found.map((secret) => secret.trim()))].filter((secret) => secret.length >= minSecretLength);
}

/** What tells a file that was written anew from the one that was read. */
function signatureOf(file: string): string {
  const found = statSync(file, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? '' : `${found.ino} ${found.size} ${found.mtimeNs} ${found.ctimeNs}`;
}

/**
 * The same for a program that runs for long: keys that are changed meanwhile count from the next line on, and those that
 * were at hand before stay hidden. The files are read again only when one of them was written.
 */
export function makeKnownSecrets(env: Environment, paths = pathsFrom(env)): () => readonly string[] {
  const files = [join(paths.config, 'config.json'), join(paths.config, 'credentials.json'), passwordFilePlace(env)];
  let read = '';
  let known: readonly string[] = [];
  return () => {
    const signature = files.map(unlessGone).join('|');
    if (signature !== read) {
      read = signature;
      known = [...new Set([...known, ...knownSecrets(env, paths)])];
    }
    return known;
  };
}

// A folder that may not be looked into gives no secret away.
function unlessGone(file: string): string {
  try {
    return signatureOf(file);
  } catch {
    return '';
  }
}
