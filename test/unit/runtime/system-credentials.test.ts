import { execFileSync } from 'node:child_process';
import { mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withSystemCredentials } from '../../../src/runtime/environment/system-credentials.ts';

const folderWith = async (files: Readonly<Record<string, string>>): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'bindeled-credentials-'));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
};

test('keys come from the file of the unit, and from files that are named after a variable', async () => {
  const CREDENTIALS_DIRECTORY = await folderWith({
    'keys.env': '# keys\nBINDELED_DK_KEY="ck_1=2"\nBINDELED_DK_SECRET=cs_1\nPATH=/evil\n',
    BINDELED_SMTP_PASSWORD: 'p w\n',
    'another.json': '{}',
  });
  const env = withSystemCredentials({ CREDENTIALS_DIRECTORY, PATH: '/bin', BINDELED_DK_SECRET: 'set by hand' });
  expect(env).toEqual({
    CREDENTIALS_DIRECTORY,
    PATH: '/bin',
    BINDELED_DK_KEY: 'ck_1=2',
    BINDELED_DK_SECRET: 'set by hand',
    BINDELED_SMTP_PASSWORD: 'p w',
  });
});

test('without credentials, or with a folder that is not there, the environment is as it was', () => {
  expect(withSystemCredentials({ PATH: '/bin' })).toEqual({ PATH: '/bin' });
  const gone = { CREDENTIALS_DIRECTORY: '/nowhere/at/all' };
  expect(withSystemCredentials(gone)).toEqual(gone);
});

test.each(['keys.env', 'BINDELED_DK_KEY'])('%s that cannot be read, or never ends, is named at once', async (name) => {
  const folder = await folderWith({});
  const pipe = join(folder, 'a-pipe');
  execFileSync('mkfifo', [pipe]);
  for (const target of [folder, join(folder, 'gone'), pipe, '/dev/zero']) {
    const CREDENTIALS_DIRECTORY = await folderWith({});
    await symlink(target, join(CREDENTIALS_DIRECTORY, name));
    let trouble: unknown;
    try {
      withSystemCredentials({ CREDENTIALS_DIRECTORY });
    } catch (error) {
      trouble = error;
    }
    expect(trouble).toMatchObject({ name: 'SystemCredentialError', file: join(CREDENTIALS_DIRECTORY, name) });
  }
});
