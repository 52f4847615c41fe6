import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { shopify } from '../../../src/connectors/shopify/driver.ts';
import { type FakeShop, fakeShop, rightKey } from '../../../src/demo/simulators/fake-shop.ts';
import { serve } from '../../../src/demo/simulators/server.ts';
import { firstRefreshToken } from '../../../src/demo/simulators/shopify/rotating-tokens.ts';
import { makeShopifyDialect } from '../../../src/demo/simulators/shopify.ts';
import type { SecretKeeping, Secrets } from '../../../src/ports/platform.ts';
import { makeCredentialKeeper } from '../../../src/runtime/credentials.ts';
import { errorOf } from '../../contract/connector-harness.ts';
import { makeShop } from '../../support/builders.ts';
import { makeClock } from '../../support/clock.ts';
import { forever } from './open-shopify.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const typed: Secrets = {
  client_id: rightKey.key,
  client_secret: rightKey.secret,
  refresh_token: firstRefreshToken(rightKey),
};
const names = [...Object.keys(typed), 'token'];

async function openShop() {
  const shop = fakeShop();
  const clock = makeClock({ auto: true, start: new Date(shop.now()).toISOString() });
  const served = await serve(shop, makeShopifyDialect({ now: () => Date.parse(clock.now()) }));
  const folder = mkdtempSync(join(tmpdir(), 'bindeled-tokens-'));
  onTestFinished(async () => {
    await served.close();
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'credentials.json');
  const record = makeShop({ platform: shopify.id, url: served.url });
  const connect = (keeping: SecretKeeping | undefined, secrets: Secrets) =>
    shopify.connect({ options: {}, shop: record, secrets, keeping, clock });
  /** A program of its own: it reads what is kept, and keeps what is replaced. */
  const program = (env: Readonly<Record<string, string>> = {}) => {
    const keeper = makeCredentialKeeper(file, env);
    const secrets = keeper.credentialsFor(record, names) ?? {};
    return { keeper, connector: connect(keeper.keepingFor(record, names), secrets) };
  };
  await makeCredentialKeeper(file, {}).save(record, { ...typed, webhook_secret: 'ours' });
  const kept = (): Secrets => JSON.parse(readFileSync(file, 'utf8'))[record.id];
  return { shop, clock, file, record, program, connect, kept };
}

const refreshes = (shop: FakeShop): number =>
  shop.memory.requests.filter(({ path }) => path === '/admin/oauth/access_token').length;
const passHour = (world: Awaited<ReturnType<typeof openShop>>): void => {
  world.shop.passTime(3_600_000);
  world.clock.advance(3_600_000);
};

describe('A refresh token of Shopify', () => {
  it('is replaced at every use, and what replaces it is kept with all else before it is used', async () => {
    const world = await openShop();
    const { connector } = world.program();
    await connector.test(forever);
    const keptAtFirstUse = world.kept();
    expect(keptAtFirstUse.refresh_token).not.toBe(typed.refresh_token);
    expect(keptAtFirstUse).toMatchObject({ client_id: rightKey.key, webhook_secret: 'ours' });
    expect(statSync(world.file).mode & 0o777).toBe(0o600);
    passHour(world);
    await connector.test(forever);
    expect(world.kept().refresh_token).not.toBe(keptAtFirstUse.refresh_token);
    expect(refreshes(world.shop)).toBe(2);
  });

  it('is asked with once in its hour, however many programs begin and calls are made', async () => {
    const world = await openShop();
    await world.program().connector.test(forever);
    await world.program().connector.test(forever);
    const third = world.program().connector;
    await Promise.all([third.test(forever), third.test(forever)]);
    expect(refreshes(world.shop)).toBe(1);
  });

  it('is used by one program at a time: the others take what it was given', async () => {
    const world = await openShop();
    const programs = [world.program(), world.program(), world.program()];
    await Promise.all(programs.map(({ connector }) => connector.test(forever)));
    expect(refreshes(world.shop)).toBe(1);
    passHour(world);
    await Promise.all(programs.map(({ connector }) => connector.test(forever)));
    expect(refreshes(world.shop)).toBe(2);
  });

  it('is used again where the shop takes the access token away before its hour', async () => {
    const world = await openShop();
    const { connector } = world.program();
    await connector.test(forever);
    world.shop.passTime(3_600_000);
    await connector.test(forever);
    expect(refreshes(world.shop)).toBe(2);
  });

  it('in the environment is never used up: what replaces it could not be kept there, and that is said', async () => {
    const world = await openShop();
    const env = Object.fromEntries(
      Object.entries(typed).map(([name, value]) => [`BINDELED_DK_${name.toUpperCase()}`, value]),
    );
    const error = await errorOf(world.program(env).connector.test(forever));
    expect(error).toMatchObject({ kind: 'refused', detail: { said: expect.stringContaining('environment') } });
    expect(refreshes(world.shop)).toBe(0);
  });

  it('that cannot be kept is not used either, and the one before stays good', async () => {
    const world = await openShop();
    const full: SecretKeeping = {
      renew: async (next) => {
        await next(typed);
        throw new Error('ENOSPC: no space left on device');
      },
    };
    const error = await errorOf(world.connect(full, typed).test(forever));
    expect(error).toMatchObject({ kind: 'refused', detail: { said: expect.stringContaining('no space left') } });
    expect(world.shop.memory.requests.filter(({ path }) => path.endsWith('/graphql.json'))).toEqual([]);
    await expect(world.program().connector.test(forever)).resolves.toMatchObject({ warnings: [] });
  });

  it('that was used by somebody else is a wrong key, and is never told', async () => {
    const world = await openShop();
    await world.program().connector.test(forever);
    const error = await errorOf(world.connect({ renew: (next) => next(typed) }, typed).test(forever));
    expect(error).toMatchObject({ kind: 'unauthorized', detail: { said: expect.stringContaining('install') } });
    expect(JSON.stringify(error) + String(error)).not.toContain(typed.refresh_token);
  });
});
