import { refKey } from '../../domain/changes.ts';
import type { Conflict } from '../../domain/conflict.ts';
import type { DomainEvent } from '../../domain/event.ts';
import { type ListingRef, millisecondsOf, type ShopId, toPlatformId, toShopId } from '../../domain/ids.ts';
import type { Integration } from '../../domain/integration.ts';
import { makeChangeSet } from '../../domain/reconcile/change-set.ts';
import type { Shop, ShopState } from '../../domain/shop.ts';
import { typedText, withoutSteering } from '../../domain/text/typed-text.ts';
import type { Detection, PlatformDriver, Secrets } from '../../ports/platform.ts';
import { ShopError } from '../../ports/shop-error.ts';
import type { StoreReader } from '../../ports/store.ts';
import { addressRefusal } from '../dependencies/address-refusal.ts';
import { assertCanWrite } from '../dependencies/assert-can-write.ts';
import { changesFromEvents } from '../dependencies/changes-from-events.ts';
import { callsItself } from '../dependencies/connect-verified.ts';
import { Refusal } from '../dependencies/refusal.ts';
import { passed, type ServiceDependencies } from '../dependencies/service-dependencies.ts';
import type { ConnectionTest, NewShop, ShopChange, ShopOverview, ShopToCheck } from './shop-service.ts';

/** A shop out of what a person typed, or a refusal that names what does not do. */
function shopFrom(deps: ServiceDependencies, given: NewShop): Shop {
  const id = checkedId(deps, given.id);
  const driver = deps.connectors.driver(toPlatformId(given.platform));
  if (driver === undefined) throw new Refusal('bad-value', { field: 'platform', value: given.platform });
  return {
    id,
    name: typedText(given.name ?? '') || id,
    platform: driver.id,
    url: normalUrl(driver, given.url),
    negative: given.negative ?? 'send',
    paused: false,
    options: checkedOptions(driver, given.options ?? {}, {}),
    addedAt: deps.clock.now(),
    ...optionalParts(given),
  };
}

function checkedId({ connectors }: ServiceDependencies, typed: string): ShopId {
  const id = toShopId(typed.trim());
  if (!/^[a-z0-9][a-z0-9._-]*$/i.test(id)) throw new Refusal('bad-value', { field: 'id', value: typed });
  const reserved = connectors.reservedVariable(id);
  if (reserved !== undefined) throw new Refusal('id-reserved', { id, variable: reserved });
  return id;
}

function normalUrl(driver: PlatformDriver, typed: string): string {
  const normal = driver.normaliseUrl(typed);
  if ('problem' in normal) throw addressRefusal(typed, normal);
  return normal.url;
}

/** The options as they are kept: an emptied one is gone; a value that the platform cannot use is refused. */
function checkedOptions(driver: PlatformDriver, typed: Shop['options'], before: Shop['options']): Shop['options'] {
  // A name that was typed wrong would be kept and do nothing. What was kept already is left alone.
  const known = new Set([...driver.options.fields.map(({ name }) => name), ...Object.keys(before)]);
  const unknown = Object.keys(typed).find((name) => !known.has(name));
  if (unknown !== undefined) {
    const value = `${unknown} (${[...known].join(', ')})`;
    throw new Refusal('bad-value', { field: 'option', value });
  }
  const useless = driver.options.fields.find(({ name, accepts }) => {
    const value = typed[name] ?? '';
    return value !== '' && accepts?.(value) === false;
  });
  // What was typed is not said again: a proxy's address may hold a password.
  if (useless !== undefined) throw new Refusal('bad-value', { field: 'option', value: useless.name });
  const options = Object.fromEntries(Object.entries({ ...before, ...typed }).filter(([, value]) => value !== ''));
  try {
    driver.options.parse(options);
  } catch {
    throw new Refusal('bad-value', { field: 'option', value: Object.entries(options).flat().join(' ') });
  }
  return options;
}

/** What may be left out; an empty text takes away what was there. */
function optionalParts({ country, caFile, ...given }: ShopChange): Partial<Shop> {
  const owner = given.owner === undefined ? undefined : typedText(given.owner);
  const skuPostfix = given.skuPostfix === undefined ? undefined : withoutSteering(given.skuPostfix);
  if (country !== undefined && country !== '' && !/^[a-z]{2}$/i.test(country)) {
    throw new Refusal('bad-value', { field: 'country', value: country });
  }
  const isOwned = owner !== undefined && owner !== '';
  if (skuPostfix !== undefined && skuPostfix !== '' && !isOwned)
    throw new Refusal('bad-value', { field: 'owner', value: '' });
  return {
    ...(country === undefined ? {} : { country: country === '' ? undefined : country.toUpperCase() }),
    ...(owner === undefined ? {} : { owner: isOwned ? { name: owner, skuPostfix: skuPostfix ?? '' } : undefined }),
    ...(caFile === undefined ? {} : { caFile: caFile === '' ? undefined : caFile }),
  };
}

export async function findShop(deps: ServiceDependencies, id: ShopId): Promise<Shop> {
  const shop = (await deps.store.shops()).find((one) => one.id === id);
  if (shop === undefined) throw new Refusal('unknown-shop', { shop: id });
  return shop;
}

const stamp = (deps: ServiceDependencies) => ({ at: deps.clock.now(), by: deps.actor });

/** One address is one shop: two would bring each other's links out of line. */
function refuseTakenAddress(shops: readonly Shop[], { id, url }: Shop): void {
  const same = shops.find((other) => other.id !== id && other.url === url);
  if (same !== undefined) throw new Refusal('address-taken', { shop: same.id, url: same.url });
}

/** An id is one shop's alone, and so are the names by which its key is looked for. */
function refuseTakenId({ connectors }: ServiceDependencies, shops: readonly Shop[], id: ShopId): void {
  const named = shops.find((other) => other.id.toLowerCase() === id.toLowerCase());
  if (named !== undefined) throw new Refusal('shop-exists', { shop: named.id, url: named.url });
  const tooLike = shops.find((other) => connectors.sharesVariables(other.id, id));
  if (tooLike !== undefined) throw new Refusal('id-too-like', { shop: tooLike.id, id });
}

/** Refuses what is wrong with a shop whoever answers at its address: nobody is asked for the sake of it. */
export async function checkNewShop(deps: ServiceDependencies, given: ShopToCheck): Promise<void> {
  assertCanWrite(deps);
  const id = checkedId(deps, given.id);
  optionalParts(given);
  const known = new Set(deps.connectors.drivers().flatMap(({ options }) => options.fields.map(({ name }) => name)));
  const unknown = Object.keys(given.options ?? {}).find((name) => !known.has(name));
  if (unknown !== undefined) throw new Refusal('bad-value', { field: 'option', value: unknown });
  refuseTakenId(deps, await deps.store.shops(), id);
}

/** Adds a shop. Reads nothing from it yet. */
export async function addShop(deps: ServiceDependencies, given: NewShop): Promise<Shop> {
  assertCanWrite(deps);
  const shop = shopFrom(deps, given);
  let added = shop;
  await deps.store.change(async (now) => {
    const others = await now.shops();
    refuseTakenId(deps, others, shop.id);
    refuseTakenAddress(others, shop);
    added = { ...shop, ...(await formerShop(now, shop.id)) };
    return changesFromEvents(now, [{ ...stamp(deps), type: 'shop-added', shop: added }]);
  });
  return added;
}

/** Who bore this id before and was removed: its ids may mean other things than those of the shop that bears it now. */
async function formerShop(now: StoreReader, shopId: ShopId): Promise<Pick<Shop, 'formerly'>> {
  const [removed] = await now.history({ shopId, types: ['shop-removed'], limit: 1 });
  if (removed?.type !== 'shop-removed') return {};
  const { identity, addedAt, formerly } = removed.shop;
  const since = formerly === undefined || formerly.identity === identity ? formerly?.since : addedAt;
  return { formerly: { identity, since } };
}

/** Which platforms answer at an address, the surest first. Asks without a key and saves nothing. */
export const detectPlatform = (
  deps: ServiceDependencies,
  address: string,
  signal: AbortSignal,
): Promise<readonly Detection[]> => deps.connectors.detect(address, signal);

/**
 * Changes what was typed about a shop. At another address it must still be the shop that it was: who it says it is
 * stays known, and another answer is refused by every reading until a person accepts that very one.
 */
export async function changeShop(deps: ServiceDependencies, id: ShopId, change: ShopChange): Promise<Shop> {
  const [changed] = await changeShops(deps, new Map([[id, change]]));
  if (changed === undefined) throw new Error(`a change of ${id} was not written`);
  return changed;
}

/** The same of several shops: all of them, or none where one cannot be changed so. */
export async function changeShops(
  deps: ServiceDependencies,
  changes: ReadonlyMap<ShopId, ShopChange>,
): Promise<readonly Shop[]> {
  assertCanWrite(deps);
  if (changes.size === 0) return [];
  let changed: readonly Shop[] = [];
  await deps.store.change(async (now) => {
    const shops = await now.shops();
    const events = [...changes].map(([id, change]) => {
      const before = shops.find((one) => one.id === id);
      if (before === undefined) throw new Refusal('unknown-shop', { shop: id });
      const shop = changedShop(deps, before, change);
      if (shop.url !== before.url) refuseTakenAddress(shops, shop);
      return { ...stamp(deps), type: 'shop-changed' as const, before, shop };
    });
    changed = events.map(({ shop }) => shop);
    return changesFromEvents(now, events);
  });
  return changed;
}

const emptyIsNone = <Item>(list: readonly Item[]): readonly Item[] | undefined =>
  list.length === 0 ? undefined : list;

function changedShop(deps: ServiceDependencies, before: Shop, change: ShopChange): Shop {
  const owner = change.owner ?? before.owner?.name;
  // An owner that goes takes the postfix of its numbers along.
  const skuPostfix = change.skuPostfix ?? (owner === '' ? '' : before.owner?.skuPostfix);
  const driver = deps.connectors.driver(before.platform);
  if (driver === undefined) throw new Refusal('bad-value', { field: 'platform', value: before.platform });
  const accepted = change.acceptIdentity?.trim();
  if (accepted === '') throw new Refusal('bad-value', { field: 'identity', value: '' });
  return {
    ...before,
    url: change.url === undefined ? before.url : normalUrl(driver, change.url),
    name: change.name === undefined ? before.name : typedText(change.name) || before.id,
    negative: change.negative ?? before.negative,
    paused: change.paused ?? before.paused,
    ...(change.locations === undefined ? {} : { locations: emptyIsNone(change.locations), shopLocations: undefined }),
    ...(change.shopLocations === undefined
      ? {}
      : { shopLocations: emptyIsNone(change.shopLocations), locations: undefined }),
    options: checkedOptions(driver, change.options ?? {}, before.options),
    ...optionalParts({ ...change, ...(owner === undefined ? {} : { owner, skuPostfix }) }),
    ...(accepted === undefined ? {} : { identity: accepted }),
  };
}

/**
 * Forgets a shop and takes away its links, each with its trace; products, stock and history stay (I5). Nobody reads
 * it meanwhile: it holds the lease that a sync would hold.
 */
export async function removeShop(deps: ServiceDependencies, id: ShopId): Promise<{ readonly linksRemoved: number }> {
  assertCanWrite(deps);
  const shop = await findShop(deps, id);
  const lease = await deps.leases.take(`sync-${id}`, `removing ${id}`);
  if (!lease.held) throw new Refusal('sync-running-elsewhere', { shop: id, by: lease.by.user });
  try {
    const linksRemoved = await forgetShop(deps, id);
    await deps.connectors.forgetCredentials(shop);
    return { linksRemoved };
  } finally {
    await lease.release();
  }
}

const pageSize = 1_000;

/** All links of a shop, and the keys of its listings and conflicts: read by the page, so that only those are kept. */
async function everythingIn(now: StoreReader, shopId: ShopId) {
  const integrations = await gather<Integration>((last) =>
    now.integrationPage({ shopId, after: last?.productId, limit: pageSize }),
  );
  const refs = await gather<{ readonly ref: ListingRef }>(async (last) =>
    (await now.listingPage({ shopId, after: last?.ref, limit: pageSize })).map(({ ref }) => ({ ref })),
  );
  const conflicts = await gather<Conflict>((last) => now.conflictPage({ shopId, after: last, limit: pageSize }));
  return [integrations, refs.map(({ ref }) => refKey(ref)), conflicts.map(({ ref }) => refKey(ref))] as const;
}

async function gather<Row>(page: (last: Row | undefined) => Promise<readonly Row[]>): Promise<readonly Row[]> {
  const all: Row[] = [];
  for (;;) {
    const rows = await page(all.at(-1));
    all.push(...rows);
    if (rows.length < pageSize) return all;
  }
}

async function forgetShop(deps: ServiceDependencies, id: ShopId): Promise<number> {
  let linksRemoved = 0;
  await deps.store.change(async (now) => {
    const shop = (await now.shops()).find((one) => one.id === id);
    if (shop === undefined) throw new Refusal('unknown-shop', { shop: id });
    const [integrations, listings, conflicts] = await everythingIn(now, id);
    linksRemoved = integrations.length;
    const changeSet = makeChangeSet({ integrations });
    const removals = integrations.map(
      (integration): DomainEvent => ({
        ...stamp(deps),
        type: 'integration-removed',
        integration,
        because: 'shop-removed',
      }),
    );
    changeSet.record([...removals, { ...stamp(deps), type: 'shop-removed', shop }]);
    for (const key of listings) {
      changeSet.apply({ table: 'listings', drop: key });
      changeSet.apply({ table: 'sales', drop: key });
    }
    for (const key of conflicts) changeSet.apply({ table: 'conflicts', drop: key });
    return changeSet.changes();
  });
  return linksRemoved;
}

/** Asks a shop who it is and what the key may do. Saves nothing, here or there (H4). */
export async function testShop(
  deps: ServiceDependencies,
  given: ShopId | NewShop,
  credentials: Secrets | undefined,
  signal: AbortSignal,
): Promise<ConnectionTest> {
  const shop = typeof given === 'string' ? await findShop(deps, given) : shopFrom(deps, given);
  const connector = deps.connectors.connect(shop, credentials);
  if (deps.connectors.driver(shop.platform) === undefined) {
    throw new Refusal('unknown-platform', { shop: shop.id, platform: shop.platform });
  }
  if (connector === undefined) {
    throw new Refusal('no-credentials', { shop: shop.id, names: deps.connectors.credentialNames(shop).join(', ') });
  }
  const began = passed(deps.clock);
  const tookMs = (): number => passed(deps.clock) - began;
  try {
    const report = await connector.test(signal);
    if (shop.identity === undefined || shop.identity === report.identity) return { ok: true, report, tookMs: tookMs() };
    const detail = { shop: shop.id, doing: 'asking who the shop is', ...callsItself(report.identity) };
    return { ok: false, trouble: { kind: 'another-shop', detail }, tookMs: tookMs() };
  } catch (trouble) {
    if (!(trouble instanceof ShopError)) throw trouble;
    return { ok: false, trouble: { kind: trouble.kind, detail: trouble.detail }, tookMs: tookMs() };
  }
}

/** Keeps credentials in the owner-only file. */
export async function saveCredentials(deps: ServiceDependencies, id: ShopId, credentials: Secrets): Promise<void> {
  assertCanWrite(deps);
  await deps.connectors.saveCredentials(await findShop(deps, id), credentials);
}

/** Every shop with its health: what is known of our reading of it, and what this platform cannot tell. */
export async function shops(deps: ServiceDependencies): Promise<readonly ShopOverview[]> {
  const { store, connectors, leases } = deps;
  const [all, states, counts] = await Promise.all([store.shops(), store.shopStates(), store.counts()]);
  return Promise.all(
    all.map(async (shop): Promise<ShopOverview> => {
      const state = states.find(({ shopId }) => shopId === shop.id);
      const counted = counts.shops.find(({ shopId }) => shopId === shop.id);
      const syncBy = await leases.holder(`sync-${shop.id}`);
      const { listings = 0, integrations = 0, conflicts = 0 } = counted ?? {};
      return {
        shop,
        state,
        platformName: connectors.driver(shop.platform)?.label ?? shop.platform,
        counts: { listings, integrations, conflicts },
        can: capabilitiesOf(deps, shop, state),
        hasCredentials: connectors.hasCredentials(shop),
        credentialNames: connectors.credentialNames(shop),
        syncBy,
        interrupted: state?.run?.status === 'running' && syncBy === undefined,
        health: healthOf(deps, shop, state),
      };
    }),
  );
}

/** What can be done in a shop: as its platform, less the blind spots that it was found not to have. */
function capabilitiesOf({ connectors }: ServiceDependencies, shop: Shop, state: ShopState | undefined) {
  const can = connectors.driver(shop.platform)?.capabilities;
  if (can === undefined || state?.notBlind === undefined) return can;
  const { notBlind } = state;
  return { ...can, blindSpots: can.blindSpots.filter((spot) => !notBlind.includes(spot)) };
}

function healthOf(deps: ServiceDependencies, shop: Shop, state: ShopState | undefined): ShopOverview['health'] {
  if (shop.paused) return 'paused';
  if (deps.connectors.driver(shop.platform) === undefined) return 'unknown-platform';
  if (!deps.connectors.hasCredentials(shop)) return 'no-credentials';
  if (state?.lastTrouble !== undefined) return 'trouble';
  if (state?.lastAnswerAt === undefined || state.lastComplete === undefined) return 'never-read';
  const age = millisecondsOf(deps.clock.now()) - millisecondsOf(state.lastAnswerAt);
  return age > deps.tuning.staleMs ? 'stale' : 'good';
}
