import { describe, expect, it } from 'vitest';
import type { DomainEvent } from '../../../src/domain/event.ts';
import { parseGtin, toProductId, toRunId, toShopId, toSku } from '../../../src/domain/ids.ts';
import type { Listing } from '../../../src/domain/listing.ts';
import { makeChangeSet, type Records } from '../../../src/domain/reconcile/change-set.ts';
import { meaningOf } from '../../../src/domain/reconcile/match.ts';
import { markMissing, observe, resolve } from '../../../src/domain/reconcile/reconcile.ts';
import type { ReconcileContext } from '../../../src/domain/reconcile/reconcile-context.ts';
import {
  instant,
  makeContent,
  makeIntegration,
  makeListing,
  makeProduct,
  makeShop,
  makeTombstone,
  mette,
  morning,
  program,
  refTo,
} from '../../support/builders.ts';

const now = instant('2026-11-24T09:00:00Z');
const dk = makeShop();
const run = toRunId('run-2');
const stamp = { at: now, by: mette };
const seen = { seenIn: run, seenAt: now };

function lookAt(records: Records, over: Partial<ReconcileContext> = {}): ReconcileContext {
  return {
    shop: dk,
    at: now,
    by: mette,
    asked: 'sync',
    runId: run,
    newProductId: () => toProductId('new'),
    changeSet: makeChangeSet(records),
    ...over,
  };
}
const eventsOf = (context: ReconcileContext): readonly DomainEvent[] => context.changeSet.events();
const [p1, p2] = [toProductId('p1'), toProductId('p2')];
const before = makeListing();
const linked: Records = { products: [makeProduct()], listings: [before], integrations: [makeIntegration()] };

describe('at a glance', () => {
  it('a thing that nobody knew is written down, and no more: others may have a better claim', () => {
    const context = lookAt({});
    const listing = makeListing(seen);
    observe(listing, context);
    expect(context.changeSet.changes()).toEqual({ put: { listings: [listing] }, drop: {}, events: [] });
  });

  it('the same again is nothing but an observation', () => {
    const context = lookAt(linked);
    observe(makeListing(seen), context);
    expect(context.changeSet.changes()).toEqual({ put: { listings: [makeListing(seen)] }, drop: {}, events: [] });
  });

  it('content comes in over the link of the shop that the product follows', () => {
    const context = lookAt(linked);
    const content = makeContent({ name: 'Æblemos' });
    observe(makeListing({ ...seen, content }), context);
    expect(eventsOf(context)).toEqual([
      { ...stamp, type: 'product-updated', productId: p1, before: makeContent(), content, from: before.ref },
    ]);
    expect(context.changeSet.integrationAt(before.ref)?.updatedAt).toBe(now);
  });

  it('content of another shop does not', () => {
    const other = makeProduct({ contentFrom: refTo('se', '5') });
    const context = lookAt({ ...linked, products: [other] });
    observe(makeListing({ ...seen, content: makeContent({ name: 'Äppelmos' }) }), context);
    expect(eventsOf(context)).toEqual([]);
  });

  it('what turned inactive is noted; its link waits until the whole reading is known', () => {
    const context = lookAt(linked);
    observe(makeListing({ ...seen, activity: 'archived' }), context);
    expect(eventsOf(context)).toEqual([
      {
        ...stamp,
        type: 'activity-changed',
        ref: before.ref,
        productId: p1,
        was: 'active',
        now: 'archived',
        shopSays: 'archived',
      },
    ]);
    expect(context.changeSet.integrationAt(before.ref)).toEqual(makeIntegration());
  });

  it('another item number under a known id is laid beside it, and told apart later', () => {
    const context = lookAt(linked);
    const other = makeListing({ ...seen, sku: toSku('B-1') });
    observe(other, context);
    expect(eventsOf(context)).toEqual([]);
    const newcomer = { ...other, newcomer: true };
    expect(context.changeSet.listing(before.ref)).toEqual({ ...before, beside: [newcomer] });
  });
});

describe('settled, with the whole picture', () => {
  const settledWith = (records: Records, over: Partial<ReconcileContext> = {}): ReconcileContext => {
    const context = lookAt(records, over);
    resolve(before.ref, context, 'named');
    resolve(before.ref, context, 'all');
    return context;
  };
  const newcomer = makeListing({ ...seen, sku: toSku('B-1'), newcomer: true });
  const turnedInto: Listing = { ...before, goneAt: now, beside: [newcomer] };

  it('a thing that nobody knew becomes a product and a link', () => {
    const listing = makeListing(seen);
    const context = lookAt({ listings: [listing] });
    resolve(listing.ref, context, 'named');
    const product = {
      id: 'new',
      sku: 'A-100',
      origin: 'shop',
      contentFrom: listing.ref,
      content: listing.content,
      stock: { onHand: 0, reserved: 0 },
      createdAt: now,
    };
    const integration = { productId: 'new', ref: listing.ref, createdAt: now, by: mette, how: 'sync' };
    expect(eventsOf(context)).toEqual([
      { ...stamp, type: 'product-created', product, from: listing.ref },
      { ...stamp, type: 'integration-created', integration },
    ]);
    expect(context.changeSet.changes().put).toEqual({
      products: [product],
      integrations: [integration],
    });
  });

  it.each([
    ['inactive and new: a product, no link', { activity: 'draft' }, ['product-created']],
    ['a parent: neither', { sellable: 'parent' }, []],
    ['not stocked: both', { sellable: 'not-stocked' }, ['product-created', 'integration-created']],
  ] as const)('%s', (_name, over, types) => {
    const context = settledWith({ listings: [makeListing({ ...seen, ...over })] });
    expect(eventsOf(context).map(({ type }) => type)).toEqual(types);
  });

  it('S13: what is inactive loses its link here, with a trace', () => {
    const context = settledWith({ ...linked, listings: [makeListing({ ...seen, activity: 'draft' })] });
    expect(eventsOf(context)).toEqual([
      { ...stamp, type: 'integration-removed', integration: makeIntegration(), because: 'inactive-in-shop' },
    ]);
    expect(context.changeSet.changes().put.tombstones).toEqual([
      { integration: makeIntegration(), ...stamp, because: 'inactive-in-shop' },
    ]);
  });

  it('a product that lives here alone follows its new item number', () => {
    const context = settledWith({ ...linked, listings: [turnedInto] });
    expect(eventsOf(context)).toEqual([
      { ...stamp, type: 'product-renamed', productId: p1, was: 'A-100', sku: 'B-1', from: before.ref },
    ]);
    expect(context.changeSet.listing(before.ref)).toEqual(makeListing({ ...seen, sku: toSku('B-1') }));
  });

  it('one that other shops sell too does not: a person is asked', () => {
    const context = settledWith({
      ...linked,
      listings: [turnedInto],
      integrations: [makeIntegration(), makeIntegration({ ref: refTo('se', '5') })],
    });
    const conflict = { kind: 'sku-changed', ref: before.ref, since: now, holder: p1, was: 'A-100', sku: 'B-1' };
    expect(eventsOf(context)).toEqual([{ ...stamp, type: 'conflict-found', conflict }]);
  });

  it('nor does one whose listing was put up on another day: it may be a copy whose original was deleted', () => {
    const copy = { ...newcomer, listedAt: instant('2026-11-01T00:00:00Z') };
    const context = settledWith({ ...linked, listings: [{ ...turnedInto, beside: [copy] }] });
    expect(eventsOf(context)).toMatchObject([
      { type: 'conflict-found', conflict: { kind: 'sku-changed', holder: p1 } },
    ]);
    resolve(before.ref, context, 'all');
    expect(eventsOf(context)).toHaveLength(1);
  });

  it('a link by hand holds, whatever the shop writes', () => {
    const context = settledWith({
      ...linked,
      listings: [turnedInto],
      integrations: [makeIntegration({ how: 'hand' }), makeIntegration({ ref: refTo('se', '5') })],
    });
    expect(eventsOf(context)).toEqual([]);
  });

  it('an item number of another product is a conflict over the id', () => {
    const context = settledWith({
      ...linked,
      products: [makeProduct(), makeProduct({ id: p2, sku: toSku('B-1'), contentFrom: undefined })],
      listings: [turnedInto],
    });
    const conflict = { kind: 'shop-id-taken', ref: before.ref, since: now, holder: p1, claimant: p2 };
    expect(eventsOf(context)).toEqual([{ ...stamp, type: 'conflict-found', conflict }]);
  });

  it('S10: a copy that kept the id is a product and a conflict; the holder stays', () => {
    const own = makeListing(seen);
    const copy = makeListing({ ...seen, sku: toSku('KOPI'), listedAt: instant('2020-01-01T00:00:00Z') });
    const context = settledWith({ ...linked, listings: [{ ...own, beside: [{ ...copy, newcomer: true }] }] });
    expect(eventsOf(context).map(({ type }) => type)).toEqual(['product-created', 'conflict-found']);
    expect(context.changeSet.conflictAt(before.ref)).toEqual({
      kind: 'shop-id-taken',
      ref: before.ref,
      since: now,
      holder: p1,
      claimant: 'new',
      copy,
    });
    expect(context.changeSet.integrationAt(before.ref)?.productId).toBe(p1);
  });

  it('two listings of one product: the link stands where it is, the other says who has it', () => {
    const secondHome = makeListing({ ...seen, ref: refTo('dk', '202') });
    const context = settledWith({
      products: [makeProduct({ contentFrom: undefined })],
      listings: [makeListing(seen), secondHome],
      integrations: [makeIntegration({ ref: secondHome.ref })],
    });
    expect(context.changeSet.integrationOf(p1, dk.id)?.ref).toEqual(secondHome.ref);
    expect(context.changeSet.conflictAt(before.ref)).toMatchObject({ kind: 'product-taken', other: secondHome.ref });
  });

  it('what has no more than an EAN waits until all that have an item number are settled', () => {
    const gtin = parseGtin('5701234567899')!;
    const records: Records = {
      products: [makeProduct({ gtin, contentFrom: undefined })],
      listings: [makeListing({ ...seen, sku: undefined, gtin })],
    };
    const context = lookAt(records);
    resolve(before.ref, context, 'named');
    expect(eventsOf(context)).toEqual([]);
    expect(eventsOf(settledWith(records)).map(({ type }) => type)).toContain('integration-created');
  });

  it('what was shown in part waits until the shop was asked by its id', () => {
    const partly = { ...before, beside: [newcomer] };
    expect(eventsOf(settledWith({ ...linked, listings: [partly] }))).toEqual([]);
    const context = lookAt({ ...linked, listings: [partly] });
    markMissing(before.ref, context);
    expect(context.changeSet.listing(before.ref)).toEqual(turnedInto);
    expect(eventsOf(context)).toEqual([]);
  });

  it('what a person took away stays away in a sync, and comes back when it is fetched', () => {
    const records = { products: [makeProduct()], listings: [makeListing(seen)], tombstones: [makeTombstone()] };
    expect(eventsOf(settledWith(records))).toEqual([]);
    const fetched = settledWith(records, { asked: 'fetch', wanted: p1 });
    expect(eventsOf(fetched)).toMatchObject([
      { type: 'integration-created', integration: { productId: p1, how: 'fetch' } },
    ]);
    expect(fetched.changeSet.changes().drop.tombstones).toHaveLength(1);
    expect(eventsOf(settledWith(records, { asked: 'fetch', wanted: p2 }))).toEqual([]);
  });

  it('S17: what is gone loses its link and no more', () => {
    const context = lookAt(linked);
    markMissing(before.ref, context);
    expect(eventsOf(context)).toEqual([
      { ...stamp, type: 'integration-removed', integration: makeIntegration(), because: 'gone-from-shop' },
      { ...stamp, type: 'listing-gone', listing: before, productId: p1 },
    ]);
    expect(context.changeSet.product(p1)).toEqual(makeProduct());
  });
});

describe('which product a listing means', () => {
  const gtin = parseGtin('5701234567899')!;
  const named = makeProduct({ contentFrom: undefined });
  const scanned = makeProduct({ id: p2, sku: toSku('B-1'), gtin, contentFrom: undefined });
  const namesOf = (records: Records, over: Parameters<typeof makeListing>[0] = {}, shop = dk): string => {
    const meaning = meaningOf(makeListing(over), shop, makeChangeSet(records));
    return meaning.kind === 'product' ? `${meaning.product.id} by ${meaning.by}` : meaning.kind;
  };
  const handAt = makeTombstone({
    integration: makeIntegration({ productId: p2, how: 'hand' }),
    by: program,
    because: 'inactive-in-shop',
  });
  const notNamed = { kind: 'not-the-same', ref: before.ref, at: morning, by: 'mette', productId: p1 } as const;

  it.each([
    ['its item number', { products: [named, scanned] }, {}, 'p1 by sku'],
    ['its item number before its EAN', { products: [named, scanned] }, { gtin }, 'p1 by sku'],
    ['its EAN, when no item number is known', { products: [named, scanned] }, { sku: toSku('C'), gtin }, 'p2 by gtin'],
    [
      'nothing, when two carry the EAN',
      { products: [{ ...named, gtin }, scanned] },
      { sku: toSku('C'), gtin },
      'unknown',
    ],
    ['what a person linked, before all', { products: [named, scanned], tombstones: [handAt] }, {}, 'p2 by hand'],
    ['not what a person ruled out', { products: [named], rulings: [notNamed] }, {}, 'unknown'],
    ['several, when they share a number', { products: [named, { ...named, id: p2 }] }, {}, 'ambiguous'],
    [
      'where it was linked before',
      { products: [named], tombstones: [makeTombstone()] },
      { sku: undefined },
      'p1 by origin',
    ],
    ['where it came from', { products: [makeProduct()] }, { sku: undefined }, 'p1 by origin'],
    [
      'not where it was moved away',
      { products: [makeProduct()], tombstones: [makeTombstone({ because: 'moved' })] },
      { sku: undefined },
      'unknown',
    ],
  ] as const)('%s', (_name, records, over, expected) => {
    expect(namesOf(records, over)).toBe(expected);
  });

  it('H18: the postfix of the owner is part of our item number', () => {
    const fjord = makeShop({ id: toShopId('dk'), owner: { name: 'Fjord', skuPostfix: '-F' } });
    const ours = makeProduct({ sku: toSku('A-100-F'), contentFrom: undefined });
    expect(namesOf({ products: [named] }, {}, fjord)).toBe('unknown');
    expect(namesOf({ products: [{ ...ours, id: p2 }, named] }, {}, fjord)).toBe('p2 by sku');
  });
});
