import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PeerCertificate, TLSSocket } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { openTlsFiles } from '../../src/runtime/tls-files.ts';
import { defaultServeSettings } from '../../src/server/serve-settings.ts';
import { SettingsError } from '../../src/settings.ts';
import { openTestEnvironment } from '../services/test-environment.ts';
import { openTestServer, quietLog } from './open-test-server.ts';

// It makes certificates and speaks TLS, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const hasOpenssl = ((): boolean => {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

/** A folder, and the way to put a certificate of this name into it, as a renewal does: another file in the place. */
function openFolder() {
  const config = mkdtempSync(join(tmpdir(), 'bindeled-tls-'));
  onTestFinished(() => rmSync(config, { recursive: true, force: true }));
  const file = (name: string): string => join(config, name);
  const make = (name: string, to: string = ''): void => {
    const made = ['-keyout', file(`${to}new-key`), '-out', file(`${to}new-cert`), '-subj', `/CN=${name}`];
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...made], {
      stdio: 'ignore',
    });
    renameSync(file(`${to}new-key`), file(`${to}key.pem`));
    renameSync(file(`${to}new-cert`), file(`${to}cert.pem`));
  };
  const tls = { cert: 'cert.pem', key: 'key.pem' };
  const settings = { serve: { ...defaultServeSettings, tls }, paths: { config } } as Parameters<typeof openTlsFiles>[0];
  return { file, make, settings };
}

/** Whom a new connection speaks with, and what it is answered. */
const ask = (url: string): Promise<{ readonly status: number | undefined; readonly name: string }> =>
  new Promise((resolve, reject) => {
    const sent = request(`${url}/healthz`, { rejectUnauthorized: false, agent: false }, (answer) => {
      const certificate: PeerCertificate = (answer.socket as TLSSocket).getPeerCertificate();
      answer.resume().on('end', () => resolve({ status: answer.statusCode, name: String(certificate.subject.CN) }));
    });
    sent.on('error', reject).end();
  });

test.skipIf(!hasOpenssl)(
  'TLS by files: it answers with the certificate, and with the one that replaces it',
  async () => {
    const { file, make, settings } = openFolder();
    make('first.example');
    const said: string[] = [];
    const note = (what: string): void => void said.push(what);
    const log = { ...quietLog, error: note, info: note };
    const environment = await openTestEnvironment(['dk']);
    const { server, url } = await openTestServer(environment, {}, { tls: openTlsFiles(settings), log });
    expect(url).toMatch(/^https:/);
    expect(await ask(url)).toEqual({ status: 200, name: 'first.example' });
    make('second.example');
    await server.tick();
    expect(await ask(url)).toEqual({ status: 200, name: 'second.example' });
    // A key that is not the certificate's: it is said once, and what was there goes on.
    make('third.example', 'other-');
    writeFileSync(file('key.pem'), readFileSync(file('other-key.pem')));
    await server.tick();
    await server.tick();
    expect(await ask(url)).toEqual({ status: 200, name: 'second.example' });
    rmSync(file('cert.pem'));
    await server.tick();
    expect(await ask(url)).toEqual({ status: 200, name: 'second.example' });
    const words = 'the new certificate cannot be used; the old one goes on';
    expect(said.filter((what) => what.includes('certificate'))).toEqual(['the certificate was renewed', words, words]);
  },
);

test.skipIf(!hasOpenssl)('files that cannot be used are named, and no part of a key is', () => {
  const { file, make, settings } = openFolder();
  const trouble = (): string => {
    try {
      openTlsFiles(settings);
      return 'none';
    } catch (error) {
      return error instanceof SettingsError ? JSON.stringify(error.problems) : String(error);
    }
  };
  expect(trouble()).toContain(file('cert.pem'));
  make('first.example');
  expect(trouble()).toBe('none');
  const secret = readFileSync(file('key.pem'), 'utf8').split('\n')[3] ?? '';
  execFileSync('mkfifo', [file('pipe')]);
  symlinkSync('loop', file('loop'));
  make('second.example', 'other-');
  renameSync(file('other-cert.pem'), file('cert.pem'));
  expect(trouble()).toMatch(/serve\.tls.*mismatch/);
  expect(trouble()).not.toContain(secret);
  for (const endless of [file('loop'), file('pipe'), '/dev/zero']) {
    renameSync(file('cert.pem'), file('kept.pem'));
    symlinkSync(endless, file('cert.pem'));
    expect(trouble()).toMatch(/serve\.tls\.cert.*unreadable/);
    renameSync(file('kept.pem'), file('cert.pem'));
  }
  writeFileSync(file('key.pem'), `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${secret}`);
  expect(trouble()).toMatch(/serve\.tls\.key.*pass phrase/);
  writeFileSync(file('key.pem'), `${secret}, and no key`);
  expect(trouble()).toContain(file('key.pem'));
  expect(trouble()).not.toContain(secret);
});

test('nothing is read where TLS is not set', () => {
  expect(openTlsFiles({ ...openFolder().settings, serve: defaultServeSettings })).toBeUndefined();
});
