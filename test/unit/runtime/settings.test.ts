import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { credentialVariable } from '../../../src/connectors/connector-factory.ts';
import { toShopId } from '../../../src/domain/ids.ts';
import { CredentialsError, makeCredentialKeeper } from '../../../src/runtime/credentials.ts';
import { resolveLanguage } from '../../../src/runtime/environment/language.ts';
import { pathsFrom } from '../../../src/runtime/environment/paths.ts';
import { isTimeZone, machineTimeZone, unknownTimeZone } from '../../../src/runtime/environment/time-zone.ts';
import { errorReportOf } from '../../../src/runtime/error-report.ts';
import { makeNewId } from '../../../src/runtime/id-generator.ts';
import { readSettings, SettingsError } from '../../../src/settings.ts';
import { wordsOf } from '../../../src/views/words/words.ts';

let home: string;
const config = (text: string): void => writeFileSync(join(home, 'config', 'config.json'), text);
const read = (env: Readonly<Record<string, string>> = {}) =>
  readSettings({ BINDELED_HOME: home, USER: 'maria', ...env });
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'bindeled-settings-'));
  mkdirSync(join(home, 'config'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

describe('settings', () => {
  test('nothing set: usual values, folders under BINDELED_HOME, the person who logged in', () => {
    expect(read()).toMatchObject({
      paths: { config: join(home, 'config'), data: join(home, 'data'), state: join(home, 'state') },
      readOnly: false,
      actor: { kind: 'person', name: 'maria' },
      tuning: { unsoldDays: 180 },
      warnings: [],
    });
  });

  test('a home that is a file has no settings to correct: it is the folder that is spoken of', () => {
    const file = join(home, 'file');
    writeFileSync(file, '');
    const failed = (() => {
      try {
        return readSettings({ BINDELED_HOME: file });
      } catch (error) {
        return error;
      }
    })();
    expect(failed).toBeInstanceOf(SettingsError);
    const { lines } = errorReportOf(failed, wordsOf('da'), '');
    expect(lines.said).toBe('Indstillingernes mappe er ikke en mappe.');
    expect(lines.details).toEqual([
      `${join(file, 'config', 'config.json')} kan ikke ligge dér: der ligger en fil, hvor dens mappe skulle være`,
    ]);
    expect(lines.advice).toContain('BINDELED_HOME');
  });

  test.each([
    ['a byte order mark', Buffer.from('\ufeff{"language":"da"}')],
    ['Windows line ends', Buffer.from('{\r\n"language": "da"\r\n}\r\n')],
    ['UTF-16 with its mark', Buffer.from('\ufeff{"language":"da"}', 'utf16le')],
    ['UTF-16 the other way round', Buffer.from('\ufeff{"language":"da"}', 'utf16le').swap16()],
    ['UTF-16 without a mark', Buffer.from('{"language":"da"}', 'utf16le')],
  ])('D33: settings with %s are read, and so is their language', (_, bytes) => {
    writeFileSync(join(home, 'config', 'config.json'), bytes);
    expect([read().warnings, resolveLanguage([], {}, join(home, 'config'))]).toEqual([[], 'da']);
  });

  test.each([
    ['', 'er tom: skriv {} i den, eller fjern den'],
    ['\ufeff\r\n', 'er tom: skriv {} i den, eller fjern den'],
    ['null', 'skal have indstillingerne mellem { og }'],
    ['["da"]', 'skal have indstillingerne mellem { og }'],
    [Buffer.from([0x7b, 0x81, 0x81, 0x7d]), 'gem den som UTF-8'],
  ])('D33: settings that are none (%j) are refused in words: %s', (text, told) => {
    writeFileSync(join(home, 'config', 'config.json'), text);
    expect(() => read()).toThrow(SettingsError);
    try {
      read();
    } catch (error) {
      expect(errorReportOf(error, wordsOf('da'), '').lines.details.join()).toContain(told);
    }
  });

  test.each([
    ['{\n// mine\n"language":"da"}', 'er ikke JSON: linje 2, tegn 1 passer ikke'],
    ['{"language":"da",}', 'er ikke JSON: linje 1, tegn 18 passer ikke'],
    ['{"shopsAtOnce":\n [1,]}', 'er ikke JSON: linje 2, tegn 5 passer ikke'],
    ['{"readOnly":\n True}', 'er ikke JSON: linje 2, tegn 2 passer ikke'],
    ['{"language":"d', 'er ikke JSON: den slutter på linje 1, før den er hel'],
    ['{"readOnly":true,\n"user":"a"\n', 'er ikke JSON: den slutter på linje 2, før den er hel'],
    ['{"user":"a",\n"user":"b"}', 'siger "user" to gange, anden gang på linje 2'],
    ['{"language":"dk"}', 'language skal være en af da, en'],
  ])('D33: settings that are no JSON (%j) are refused with the place, in the language that is spoken', (text, told) => {
    config(text);
    const seen: string[] = [];
    try {
      read();
    } catch (error) {
      seen.push(...errorReportOf(error, wordsOf('da'), '').lines.details);
    }
    expect(seen.map((line) => line.split('config.json')[1])).toEqual([expect.stringContaining(told)]);
  });

  test.each([
    ['{"email":{"smtp":"smtp://u:hemmelig1@mаil.example","from":"a@b","to":"a@b"}}', 'email.smtp', 'der ligner andre'],
    ['{"webhook":"https://hооks.example/T0/hemmelig1"}', 'webhook', 'xn--hks-seda.example'],
    ['{"webhook":{"url":"http://0xa9fea9fe/hemmelig1"}}', 'webhook.url', 'fører til 169.254.169.254'],
    ['{"webhook":"https://metadata.google.internal./hemmelig1"}', 'webhook', 'hvor ingen skal have besked'],
  ])('R19: alarms go to no host that is not what it looks like: %s', (alarms, key, told) => {
    config(`{"serve":{"alarms":${alarms}}}`);
    const seen: string[] = [];
    try {
      read();
    } catch (error) {
      seen.push(...errorReportOf(error, wordsOf('da'), '').lines.details);
    }
    expect(seen).toEqual([expect.stringContaining(told)]);
    expect(seen[0]).toContain(`serve.alarms.${key}`);
    expect(seen[0]).not.toContain('hemmelig1');
  });

  test('D33: a language in capitals is taken in the settings as in the environment', () => {
    config('{"language":" DA "}');
    expect([read().warnings, resolveLanguage([], {}, join(home, 'config'))]).toEqual([[], 'da']);
  });

  test.each([
    ['~', homedir()],
    ['~/b', join(homedir(), 'b')],
    [' /b ', '/b'],
    ['/~/b', '/~/b'],
  ])('D33: BINDELED_HOME=%j lies in %j', (given, root) => {
    expect(pathsFrom({ BINDELED_HOME: given }).data).toBe(join(root, 'data'));
  });

  test('D33: a folder named from where one stands, or no home at all, hides no store', () => {
    const variables = ['HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'XDG_STATE_HOME', 'XDG_CACHE_HOME'] as const;
    const before = variables.map((name) => process.env[name]);
    try {
      for (const name of variables) process.env[name] = name === 'HOME' ? '' : './here';
      const { passwordFile, postgresHost, config, data, state, cache } = pathsFrom({ HOME: '' });
      const folders = { config, data, state, cache };
      expect(passwordFile).toBe(join(userInfo().homedir, '.pgpass'));
      expect(postgresHost).toBeUndefined();
      expect(pathsFrom({ HOME: './here' })).toMatchObject({ passwordFile });
      for (const folder of Object.values(folders)) {
        expect(folder).toMatch(new RegExp(`^${userInfo().homedir}/.*bindeled$`));
      }
    } finally {
      for (const [place, name] of variables.entries()) {
        if (before[place] === undefined) delete process.env[name];
        else process.env[name] = before[place];
      }
    }
  });

  test.each([
    ['CET-1CEST', 'Europe/Copenhagen'],
    ['CET-1CEST,M3.5.0,M10.5.0/3', 'Europe/Copenhagen'],
    ['EET-2EEST', 'Europe/Helsinki'],
    ['UTC+2', '-02:00'],
    ['UTC-2', '+02:00'],
    ['<+0530>-5:30', '+05:30'],
    ['GMT+1', '-01:00'],
    ['EST5EDT', 'America/New_York'],
    [':Europe/Copenhagen', 'Europe/Copenhagen'],
    ['/usr/share/zoneinfo/Europe/Copenhagen', 'Europe/Copenhagen'],
    ['europe/copenhagen', 'Europe/Copenhagen'],
    ['CET-1CEST,M4.1.0,M9.1.0', undefined],
    ['Mars/Phobos', undefined],
    ['UTC+25', undefined],
  ])('TZ=%j is %j, as the system itself reads it', (tz, zone) => {
    expect(machineTimeZone(tz)).toBe(zone ?? 'UTC');
    expect(unknownTimeZone(tz)).toBe(zone === undefined ? tz : undefined);
  });

  test('TZ names a file, as servers are told to (:/etc/localtime): the zone that it is a link to', () => {
    const localtime = join(home, 'localtime');
    const file = join(home, 'zoneinfo', 'Europe', 'Copenhagen');
    mkdirSync(join(home, 'zoneinfo', 'Europe'), { recursive: true });
    writeFileSync(file, 'TZif');
    symlinkSync(file, localtime);
    expect([machineTimeZone(`:${localtime}`), unknownTimeZone(localtime)]).toEqual(['Europe/Copenhagen', undefined]);
    rmSync(localtime);
    expect([machineTimeZone(`:${localtime}`), unknownTimeZone(localtime)]).toEqual(['UTC', localtime.slice(0, 40)]);
  });

  test.each([' ', 'UTC0', 'Europe/copenhagen', '../../etc/passwd', 'GMT+25'])('D33: TZ=%j is some zone', (zone) => {
    const before = process.env.TZ;
    try {
      process.env.TZ = zone;
      expect(isTimeZone(machineTimeZone())).toBe(true);
      expect(machineTimeZone()).toEqual(expect.any(String));
    } finally {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    }
  });

  test('the person behind sudo is the one who acts', () => {
    expect(read({ SUDO_USER: 'karl', USER: 'root' }).actor.name).toBe('karl');
  });

  test('read-only can be asked for from any side, and no side takes it back', () => {
    config('{ "readOnly": true }');
    expect(read({ BINDELED_READ_ONLY: '0' }).readOnly).toBe(true);
    config('{ "readOnly": false }');
    expect(read({ BINDELED_READ_ONLY: 'yes' }).readOnly).toBe(true);
  });

  test('D33: what another system wrote into the environment is read as it was meant', () => {
    const { readOnly, actor } = read({
      BINDELED_READ_ONLY: 'TRUE\r',
      BINDELED_LANG: 'da\r',
      BINDELED_USER: ' B\u202eo\u001b[31m\r',
    });
    expect([readOnly, actor.name]).toEqual([true, 'Bo']);
  });

  test.each([
    '{ "readOnly": true, "readOnly": false }',
    '{ "serve": { "port": 1, "p\\u006frt": 2 } }',
  ])('D33: a key that stands there twice is refused, and named: %s', (text) => {
    config(text);
    expect(() => read()).toThrow(/:(readOnly|port)$/);
    config('{ "serve": { "alarms": {} }, "user": "\\"serve\\": {" }');
    expect(read().actor.name).toBe('"serve": {');
  });

  test('every problem is named, with its key', () => {
    config('{ "unsoldDays": 0, "theme": "pink", "timeZone": "Mars/Olympus" }');
    expect(() => read()).toThrow(SettingsError);
    try {
      read();
    } catch (error) {
      const problems = error instanceof SettingsError ? error.problems : [];
      expect(problems.map(({ key }) => key).sort()).toEqual(['theme', 'timeZone', 'unsoldDays']);
    }
  });

  test('what is not JSON, or no setting at all', () => {
    config('{ nope');
    expect(() => read()).toThrow(SettingsError);
    config('{ "read-only": true }');
    expect(read().warnings).toEqual([
      { where: join(home, 'config', 'config.json'), key: 'read-only', what: 'unknown-key', said: 'readOnly' },
    ]);
  });

  test.each([
    [['--lang', 'da'], { LANG: 'en_GB.UTF-8' }, 'da'],
    [['find', '--lang=en'], { BINDELED_LANG: 'da' }, 'en'],
    [[], { BINDELED_LANG: 'da', LANG: 'C' }, 'da'],
    [[], { BINDELED_LANG: ' DA\r', LANG: 'C' }, 'da'],
    [[], { LANG: 'da_DK.UTF-8' }, 'da'],
    [[], { LC_ALL: 'en_US.UTF-8', LANG: 'da_DK.UTF-8' }, 'en'],
    [[], { LANG: 'en_US.UTF-8', LANGUAGE: 'sv:da:en' }, 'da'],
    [[], { LANG: 'C', LANGUAGE: 'da' }, 'en'],
    [[], { LANG: 'da-DK' }, 'da'],
    [[], { LANG: 'dansk' }, 'en'],
    [[], {}, 'en'],
  ] as const)('%j with %j speaks %s', (args, env, language) => {
    expect(resolveLanguage(args, env, join(home, 'config'))).toBe(language);
  });
});

describe('credentials', () => {
  const dk = { id: toShopId('dk-2') };
  const file = (): string => join(home, 'config', 'credentials.json');
  const keeper = (env: Readonly<Record<string, string>> = {}) => makeCredentialKeeper(file(), env);

  test('the environment names a shop in capitals, with _ for all else, and comes before the file', async () => {
    await keeper().save(dk, { key: 'from-file' });
    expect(keeper({ BINDELED_DK_2_KEY: 'k', BINDELED_DK_2_SECRET: 's' }).credentialsFor(dk, ['key', 'secret'])).toEqual(
      {
        key: 'k',
        secret: 's',
      },
    );
    expect(keeper().credentialsFor(dk, ['key', 'secret'])).toEqual({ key: 'from-file' });
  });

  test('the blanks and line ends around a secret are no part of it, wherever it comes from', async () => {
    const given = { BINDELED_DK_2_KEY: 'k\r\n', BINDELED_DK_2_SECRET: ' s\t' };
    expect(keeper(given).credentialsFor(dk, ['key', 'secret'])).toEqual({ key: 'k', secret: 's' });
    await keeper().save(dk, { key: 'k\n', secret: '\n' });
    expect(keeper().credentialsFor(dk, ['key', 'secret'])).toEqual({ key: 'k' });
  });

  test('D33: the file is read in the encodings that text programs write', () => {
    const text = '\ufeff{ "dk-2": { "key": "k" } }\r\n';
    writeFileSync(file(), Buffer.from(text, 'utf16le'), { mode: 0o600 });
    expect(keeper().credentialsFor(dk, ['key'])).toEqual({ key: 'k' });
    writeFileSync(file(), '{ "dk-2": { "key": "k" }, "dk-2": { "key": "other" } }');
    expect(() => keeper().credentialsFor(dk, ['key'])).toThrow(CredentialsError);
  });

  // A key that goes to another shop's address is given away: every pair of ids, with every other shop's variables set.
  const ids = ['dk', 'dk-b2b', 'dkb2b', 'read', 'read-only', 'test', 'no', 'no-token', 'constructor', '__proto__'];
  const names = ['key', 'secret', 'token', 'client_id', 'client_secret'];
  const variablesOf = (id: string) =>
    Object.fromEntries(names.map((name) => [credentialVariable(id, name), `${id} ${name}`]));
  const others = ids.map((id) => [id, ids.filter((other) => other !== id)] as const);
  test.each(others)('%s reads no variable of another shop, nor a setting', (id, rest) => {
    const settings = { BINDELED_READ_ONLY: '1', BINDELED_HOME: home, BINDELED_LANG: 'da', BINDELED_STORE: 'json:' };
    const env = Object.assign({ ...settings }, ...rest.map(variablesOf));
    expect(keeper(env).credentialsFor({ id: toShopId(id) }, names)).toBeUndefined();
    expect(keeper({ ...env, ...variablesOf(id) }).credentialsFor({ id: toShopId(id) }, ['key'])).toEqual({
      key: `${id} key`,
    });
  });

  test('a shop called smtp gets no password of the mail', async () => {
    const smtp = { id: toShopId('smtp') };
    const named = { BINDELED_SMTP_PASSWORD: 'of the mail', BINDELED_SMTP_USERNAME: 'mette' };
    expect(keeper(named).credentialsFor(smtp, ['username', 'password'])).toEqual({ username: 'mette' });
    await keeper().save(smtp, { password: 'of the shop' });
    expect(keeper({ BINDELED_SMTP_PASSWORD: 'of the mail' }).credentialsFor(smtp, ['password'])).toEqual({
      password: 'of the shop',
    });
  });

  // A variable that was left over, or belongs to another form of key, hides no key that lies in the file whole.
  test.each([
    [{ BINDELED_DK_2_KEY: 'left over' }],
    [{ BINDELED_DK_2_SECRET: 'left over' }],
    [{ BINDELED_DK_2_CLIENT_ID: 'left over' }],
    [{ BINDELED_DK_2_KEY: '', BINDELED_DK_2_SECRET: 's' }],
  ])('A9: a part of a key in the environment (%j) does not hide a whole one', async (env) => {
    const isWhole = (secrets: Readonly<Record<string, string>>) => 'key' in secrets && 'secret' in secrets;
    await keeper().save(dk, { key: 'k', secret: 's' });
    const wanted = ['key', 'secret', 'client_id'];
    expect(keeper(env).credentialsFor(dk, wanted, isWhole)).toEqual({ key: 'k', secret: 's' });
    expect(keeper(env).keepingFor(dk, wanted, isWhole)).toBeDefined();
    await keeper().forget(dk);
    expect(keeper(env).credentialsFor(dk, wanted, isWhole)).toEqual(keeper(env).credentialsFor(dk, wanted));
    expect(keeper(env).keepingFor(dk, wanted, isWhole)).toBeUndefined();
    const whole = { BINDELED_DK_2_KEY: 'a', BINDELED_DK_2_SECRET: 'b' };
    await keeper().save(dk, { key: 'k', secret: 's' });
    expect(keeper(whole).credentialsFor(dk, wanted, isWhole)).toEqual({ key: 'a', secret: 'b' });
  });

  test('A9: what is forgotten of a shop leaves the others, and the file as it was where it has nothing of it', async () => {
    await keeper().save(dk, { key: 'a', webhook_secret: 'w' });
    await keeper().save({ id: toShopId('no') }, { token: 'b' });
    await keeper().forget(dk);
    expect(JSON.parse(readFileSync(file(), 'utf8'))).toEqual({ no: { token: 'b' } });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const { mtimeMs } = statSync(file());
    await keeper().forget(dk);
    expect(statSync(file()).mtimeMs).toBe(mtimeMs);
  });

  test('what is kept is for its owner alone, and other shops stay', async () => {
    await keeper().save(dk, { key: 'a' });
    await keeper().save({ id: toShopId('no') }, { token: 'b' });
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(keeper().credentialsFor(dk, ['key', 'secret'])).toEqual({ key: 'a' });
  });

  test.each([0o640, 0o604, 0o660])('mode %o is refused', async (mode) => {
    await keeper().save(dk, { key: 'hemmelig' });
    chmodSync(file(), mode);
    expect(() => keeper().credentialsFor(dk, ['key', 'secret'])).toThrow(CredentialsError);
  });

  test('an error never quotes the file', () => {
    writeFileSync(file(), '{ "dk-2": { "key": hemmelig } }', { mode: 0o600 });
    expect(() => keeper().credentialsFor(dk, ['key', 'secret'])).toThrow(/^(?!.*hemmelig)/);
    writeFileSync(file(), '{ "dk-2": "hemmelig" }');
    expect(() => keeper().credentialsFor(dk, ['key', 'secret'])).toThrow('wrong-shape');
  });
});

test('ids sort by time, never repeat, and are the same length', () => {
  const newId = makeNewId(() => Date.UTC(2026, 10, 24));
  const ids = Array.from({ length: 20_000 }, newId);
  expect(new Set(ids).size).toBe(20_000);
  expect(new Set(ids.map((id) => id.length))).toEqual(new Set([14]));
  expect(makeNewId(() => Date.UTC(2026, 10, 25))() > (ids[0] ?? '')).toBe(true);
});
