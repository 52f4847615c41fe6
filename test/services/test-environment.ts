import { onTestFinished } from 'vitest';
import { makeConnectorFactory } from '../../src/connectors/connector-factory.ts';
import { platformRegistry } from '../../src/connectors/registry.ts';
import { credential, type FakeShop, fakeShop, rightKey } from '../../src/demo/simulators/fake-shop.ts';
import { type Dialect, serve } from '../../src/demo/simulators/server.ts';
import type { FakeProduct } from '../../src/demo/simulators/shelf.ts';
import type { Diagnosis, Finding } from '../../src/domain/diagnosis/diagnosis.ts';
import { instantOf, type ProductId, toPlatformId, toShopId } from '../../src/domain/ids.ts';
import type { Product } from '../../src/domain/product.ts';
import type { PushPlan } from '../../src/domain/push-plan.ts';
import type { Shop } from '../../src/domain/shop.ts';
import type { Store } from '../../src/ports/store.ts';
import { defaultTuning, type ServiceDependencies } from '../../src/services/dependencies/service-dependencies.ts';
import { makeServices } from '../../src/services/facade/make-services.ts';
import type { ProductCard } from '../../src/services/lookup/lookup-service.ts';
import type { Services } from '../../src/services/services.ts';
import type { SyncResult } from '../../src/services/sync/sync-service.ts';
import { memoryLeases, memoryStore } from '../../src/stores/memory-store.ts';
import { makeShop, mette } from '../support/builders.ts';
import { type ManualClock, makeClock } from '../support/clock.ts';
import { platformParts } from '../support/platform-parts.ts';

/** Webshops on loopback, five of two platforms or one of each, one warehouse, and the real services between them. */
export type TestEnvironment = {
  readonly services: Services;
  readonly harness: ServiceDependencies;
  readonly store: Store;
  readonly clock: ManualClock;
  /** What a shop's own people see and change. */
  shop(id: string): FakeShop;
  /** Takes the key to a shop away; it does not let anybody in with another. */
  loseKey(id: string): void;
  /** The same program with other settings: another person, or one that may only look. */
  as(over: Partial<ServiceDependencies>): Services;
};

const platforms: Readonly<Record<string, string>> = {
  dk: 'woocommerce',
  no: 'woocommerce',
  se: 'woocommerce',
  de: 'shopify',
  eu: 'shopify',
};
export const fiveShops = Object.keys(platforms);
/** One shop of each platform; each shop's id is its platform's. */
export const allPlatforms = Object.keys(platformParts);
const platformFor = (id: string): string => platforms[id] ?? id;
export const forever = new AbortController().signal;
export const day = 86_400_000;

export async function openTestEnvironment(
  ids: readonly string[] = fiveShops,
  over: Partial<ServiceDependencies> = {},
  start = '2026-11-24T08:00:00.000Z',
  around: (dialect: Dialect) => Dialect = (dialect) => dialect,
): Promise<TestEnvironment> {
  const clock = makeClock({ auto: true, start });
  const fakes = new Map<string, FakeShop>();
  const keys = new Map<string, string>();
  const shops = await Promise.all(ids.map((id, place) => openShop(id, { place, clock, fakes, around })));
  for (const id of ids) keys.set(id, rightKey.secret);
  const store = memoryStore();
  const connectors = makeConnectorFactory({
    drivers: platformRegistry,
    clock,
    credentialsFor: ({ id, platform }) => {
      // The shop's clock goes with ours; what was put into it before is as old as it was.
      const fake = fakes.get(id);
      fake?.passTime(Math.max(0, Date.parse(clock.now()) - (fake.now() - fake.temper.clockSkewMs)));
      return platformParts[platform]!.secretsOf(credential(rightKey.key, keys.get(id) ?? ''));
    },
    save: async () => {},
    chance: () => 0,
  });
  let count = 0;
  const newId = () => `id-${String(++count).padStart(6, '0')}`;
  const tuning = defaultTuning;
  const harness: ServiceDependencies = {
    store,
    leases: memoryLeases(clock),
    clock,
    connectors,
    newId,
    actor: mette,
    readOnly: false,
    tuning,
    ...over,
  };
  await store.change(async () => ({ put: { shops }, drop: {}, events: [] }));
  return {
    services: makeServices(harness),
    harness,
    store,
    clock,
    shop: (id) => fakes.get(id)!,
    loseKey: (id) => keys.set(id, 'a-key-that-nobody-knows'),
    as: (other) => makeServices({ ...harness, ...other }),
  };
}

type Opening = {
  readonly place: number;
  readonly clock: ManualClock;
  readonly fakes: Map<string, FakeShop>;
  readonly around: (dialect: Dialect) => Dialect;
};

async function openShop(id: string, { place, clock, fakes, around }: Opening): Promise<Shop> {
  const platform = platformFor(id);
  const { dialect, shop, path = '', options = {} } = platformParts[platform]!;
  const startsAt = Date.parse(clock.now()) - 30 * day;
  const fake = fakeShop({ ...shop, name: id, firstId: 1000 * (place + 1), startsAt });
  const now = () => Date.parse(clock.now());
  const served = await serve(fake, around(dialect(now)));
  onTestFinished(() => served.close());
  fakes.set(id, fake);
  return makeShop({
    id: toShopId(id),
    name: `Nordlys ${id.toUpperCase()}`,
    platform: toPlatformId(platform),
    url: `${served.url}${path}`,
    options,
    addedAt: instantOf(startsAt),
  });
}

/** Puts the same goods into each shop's admin. */
export const stockUp = (
  environment: TestEnvironment,
  shopIds: readonly string[],
  sku: string,
  title = sku,
): readonly FakeProduct[] => shopIds.map((id) => environment.shop(id).add({ sku, title, quantity: 3, price: '49.95' }));

/** The id by which a shop's people know a thing. */
export const idIn = (environment: TestEnvironment, shopId: string, sku: string): string =>
  environment
    .shop(shopId)
    .shelf.find((product) => product.sku === sku || product.variants.some((one) => one.sku === sku))!.id;

/** Reads every shop; trouble is a failed test, unless the test says that it wants it. */
export async function syncAll(
  environment: TestEnvironment,
  wanted: 'calm' | 'trouble' = 'calm',
): Promise<readonly SyncResult[]> {
  const results = await environment.services.sync.run({ full: true }, forever);
  const troubled = results.filter(({ trouble, wouldRemove }) => trouble !== undefined || wouldRemove !== undefined);
  if (wanted === 'calm' && troubled.length > 0) throw new Error(JSON.stringify(troubled));
  return results;
}

export async function theProduct(environment: TestEnvironment, sku: string): Promise<Product> {
  const [product] = await environment.services.lookup.identify(sku);
  if (product === undefined) throw new Error(`nobody knows ${sku}`);
  return product;
}

export async function theCard(environment: TestEnvironment, sku: string): Promise<ProductCard> {
  return (await environment.services.lookup.product((await theProduct(environment, sku)).id))!;
}

/** Where a product is linked, in the order of the shops. */
export const linkedIn = async (environment: TestEnvironment, sku: string): Promise<readonly string[]> =>
  (await theCard(environment, sku)).places.filter(({ integration }) => integration).map(({ shop }) => shop.id);

export async function whyIn(
  environment: TestEnvironment,
  sku: string,
  shopId: string,
  live = false,
): Promise<Diagnosis> {
  const { id } = await theProduct(environment, sku);
  const [diagnosis] = await environment.services.diagnosis.explain(
    id,
    toShopId(shopId),
    live ? { signal: forever } : undefined,
  );
  return diagnosis!;
}

/** The top cause and how sure it is, in short: `inactive-in-shop: confirmed`. */
export const topOf = (diagnosis: Diagnosis): string =>
  diagnosis.verdict === 'integrated' ? 'linked' : `${diagnosis.findings[0].cause}: ${diagnosis.findings[0].certainty}`;

export const findingOf = (diagnosis: Diagnosis, cause: Finding['cause']): Finding => {
  if (diagnosis.verdict === 'integrated') throw new Error('it is linked');
  return diagnosis.findings.find((finding) => finding.cause === cause)!;
};

/** Previews and applies whatever there is to tell, all guards answered by what they count. */
export async function pushEverything(environment: TestEnvironment, productIds?: readonly ProductId[]) {
  const { services } = environment;
  return pushWhole(services, await services.push.plan(productIds === undefined ? {} : { productIds }));
}

/** Sends all of a plan, all guards answered by what they count. */
export async function pushWhole({ push }: Services, plan: PushPlan) {
  const counted = (...guards: readonly string[]) =>
    plan.rows.filter((row) => row.kind === 'send' && row.guards.some((guard) => guards.includes(guard))).length;
  const yes = {
    zeroes: counted('zero', 'zero-hides'),
    jumps: counted('jump'),
    firsts: counted('first-push', 'by-gtin'),
    negatives: counted('negative'),
    changed: counted('changed-in-shop'),
  };
  return push.apply({ planId: plan.id, yes }, forever);
}

/** What a shop shows its customers. */
export const quantityIn = (environment: TestEnvironment, shopId: string, sku: string): number =>
  environment
    .shop(shopId)
    .shelf.flatMap(({ variants }) => variants)
    .find((variant) => variant.sku === sku)!.quantity;
