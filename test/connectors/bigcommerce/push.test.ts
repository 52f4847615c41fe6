import { describe, expect, it, vi } from 'vitest';
import { ends, errorOf, forever, listingWith, quantityFor } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { adjustments, answering, asked, openBigCommerce, twoPlaces } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

describe('A push to BigCommerce', () => {
  it('names each thing by what counts it, at the default location', async () => {
    const world = await openBigCommerce();
    const cup = world.shop.add({ quantity: 1 });
    const shirt = world.shop.add({ variants: [{ quantity: 1 }] });
    const refs = [refTo('dk', cup.id), refTo('dk', shirt.id, shirt.variants[0]!.id)];
    const outcomes = await world.connector.push(
      refs.map((ref) => quantityFor(ref, 7)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['set', 'set']);
    expect(adjustments(world)).toEqual([
      [
        { location_id: 1, product_id: Number(cup.id), quantity: 7 },
        { location_id: 1, variant_id: Number(shirt.variants[0]!.id), quantity: 7 },
      ],
    ]);
  });

  it('asks until the shop shows what it took, and waits longer each time', async () => {
    const world = await openBigCommerce({ lag: 3 });
    const cup = world.shop.add({ quantity: 1 });
    const before = Date.parse(world.clock.now());
    expect(await world.connector.push([quantityFor(refTo('dk', cup.id), 7)], forever)).toEqual([
      { ref: refTo('dk', cup.id), kind: 'set', quantity: 7, was: 1 },
    ]);
    expect(Date.parse(world.clock.now()) - before).toBe(500 + 1000 + 2000);
    expect(adjustments(world)).toHaveLength(1);
  });

  it('says of what was taken and never shown that nobody knows', async () => {
    const world = await openBigCommerce({ neverApplies: true });
    const cup = world.shop.add({ quantity: 1 });
    const [outcome] = await world.connector.push([quantityFor(refTo('dk', cup.id), 7)], forever);
    expect(outcome).toMatchObject({ kind: 'refused', why: 'outcome-unknown' });
    expect(outcome).toHaveProperty(
      'said',
      expect.stringMatching(/^taken as tx-\d+, not shown yet: the shop still shows 1$/),
    );
  });

  it('confirms each by itself: one that does not show does not hold the others back', async () => {
    const world = await openBigCommerce({ stuck: new Set(['102']) });
    for (const id of ['101', '102', '103']) world.shop.add({ id, quantity: 1 });
    const outcomes = await world.connector.push(
      ['101', '102', '103'].map((id) => quantityFor(refTo('dk', id), 7)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['set', 'outcome-unknown', 'set']);
    // Only what is not seen yet is asked about again.
    expect(asked(world, /locations\/1\/items/).at(-1)!.query['product_id:in']).toBe('102');
  });

  it('counts what is on hand: a safety stock is held back from sale, not from the count', async () => {
    const { shop, connector } = await openBigCommerce({ safetyStock: 2 });
    const cup = shop.add({ quantity: 1 });
    expect(await connector.push([quantityFor(refTo('dk', cup.id), 7)], forever)).toMatchObject([
      { kind: 'set', quantity: 7 },
    ]);
    expect(cup.variants[0]!.quantity).toBe(7);
  });

  it('with a safety stock, knows the figure that the catalog tells from one that has moved', async () => {
    const { shop, connector } = await openBigCommerce({ safetyStock: 2 });
    const cup = shop.add({ sku: 'CUP', quantity: 9 });
    const { ref, stock } = await listingWith(connector, 'CUP');
    expect(stock.quantity).toBe(7);
    const planned = { ...quantityFor(ref, 12), expected: 7 };
    expect(await connector.push([planned], forever)).toMatchObject([{ kind: 'set', quantity: 12, was: 9 }]);
    shop.setQuantity(cup.id, 5);
    expect(await connector.push([planned], forever)).toMatchObject([{ kind: 'stale', shopHas: 5 }]);
  });

  it('writes at the chosen location alone', async () => {
    const { shop, connect } = await openBigCommerce({}, twoPlaces);
    const cup = shop.add({ quantity: 5 });
    const outcomes = await connect({ shop: { options: { location: '2' } } }).push(
      [quantityFor(refTo('dk', cup.id), 7)],
      forever,
    );
    expect(outcomes).toMatchObject([{ kind: 'set', quantity: 7, was: 0 }]);
    expect(cup.variants[0]).toMatchObject({ quantity: 5, elsewhere: { 2: 7 } });
  });

  it.each(['9', 'Lager'])('writes nowhere else when the chosen location %s is not there', async (location) => {
    const world = await openBigCommerce({}, twoPlaces);
    const cup = world.shop.add({ quantity: 5 });
    const there = world.connect({ shop: { options: { location } } });
    expect(ends(await there.push([quantityFor(refTo('dk', cup.id), 7)], forever))).toEqual(['location-missing']);
    expect(adjustments(world)).toEqual([]);
  });

  it('guesses no location where it may not see them', async () => {
    const world = await openBigCommerce(
      {},
      {},
      answering(({ path }) =>
        path.endsWith('/inventory/locations')
          ? { status: 403, body: { status: 403, title: "You don't have a required scope to access the endpoint" } }
          : undefined,
      ),
    );
    const cup = world.shop.add({ quantity: 5 });
    expect(ends(await world.connector.push([quantityFor(refTo('dk', cup.id), 7)], forever))).toEqual([
      'location-missing',
    ]);
    expect(adjustments(world)).toEqual([]);
  });

  it('does not send what the shop would refuse: negative, too large, or counted on the product', async () => {
    const world = await openBigCommerce();
    const cup = world.shop.add({ quantity: 5 });
    const shirt = world.shop.add({ tracked: true, quantity: 8, variants: [{ tracked: 'parent' }] });
    const file = world.shop.add({ kind: 'download', quantity: 1 });
    const outcomes = await world.connector.push(
      [
        quantityFor(refTo('dk', cup.id), -1),
        quantityFor(refTo('dk', cup.id, cup.variants[0]!.id), 4),
        quantityFor(refTo('dk', shirt.id, shirt.variants[0]!.id), 4),
        quantityFor(refTo('dk', file.id), 4),
      ],
      forever,
    );
    expect(ends(outcomes)).toEqual(['quantity-not-taken', 'not-found-in-shop', 'stock-held-by-parent', 'not-a-unit']);
    const huge = await world.connector.push([quantityFor(refTo('dk', cup.id), 2_147_483_648)], forever);
    expect(ends(huge)).toEqual(['quantity-not-taken']);
    expect(adjustments(world)).toEqual([]);
  });

  it('understands when counting was moved to the product between reading and writing', async () => {
    const world = await openBigCommerce();
    const shirt = world.shop.add({ variants: [{ quantity: 1 }, { quantity: 1 }] });
    const cup = world.shop.add({ quantity: 1 });
    world.shop.temper.beforeAnswer = ({ method }) => {
      if (method !== 'PUT') return;
      shirt.tracked = true;
      for (const variant of shirt.variants) variant.tracked = 'parent';
    };
    const refs = [...shirt.variants.map(({ id }) => refTo('dk', shirt.id, id)), refTo('dk', cup.id)];
    const outcomes = await world.connector.push(
      refs.map((ref) => quantityFor(ref, 4)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['stock-held-by-parent', 'stock-held-by-parent', 'set']);
    expect(outcomes[0]).toHaveProperty('said', expect.stringContaining('is tracked by product'));
  });

  it('never writes what it cannot read, and does not call it gone', async () => {
    const world = await openBigCommerce();
    const cup = world.shop.add({ quantity: 1 });
    const shirt = world.shop.add({ variants: [{ quantity: 1 }] });
    const [variant] = shirt.variants;
    world.shop.temper.brokenRows = new Set([cup.id, variant!.id]);
    const outcomes = await world.connector.push(
      [quantityFor(refTo('dk', cup.id), 4), quantityFor(refTo('dk', shirt.id, variant!.id), 4)],
      forever,
    );
    expect(ends(outcomes)).toEqual(['figure-unreadable', 'figure-unreadable']);
    expect(adjustments(world)).toEqual([]);
  });

  it('sends one batch after the other, never two at once', async () => {
    const world = await openBigCommerce();
    for (let at = 0; at < 260; at += 1) world.shop.add({ quantity: 1 });
    const outcomes = await world.connector.push(
      world.shop.shelf.map(({ id }) => quantityFor(refTo('dk', id), 7)),
      forever,
    );
    expect(new Set(ends(outcomes))).toEqual(new Set(['set']));
    const kinds = asked(world, /inventory/).map(({ method }) => method);
    expect(kinds.filter((method) => method === 'PUT')).toHaveLength(2);
    // What was taken is seen before the next goes out.
    expect(kinds.join(' ')).not.toContain('PUT PUT');
  });

  it('waits while another write is locked, and tells a full store as refused', async () => {
    let locked = 1;
    const world = await openBigCommerce(
      {},
      {},
      answering(({ method }) =>
        method === 'PUT' && locked-- > 0 ? { status: 423, body: { status: 423, title: 'Locked' } } : undefined,
      ),
    );
    const cup = world.shop.add({ quantity: 1 });
    expect(ends(await world.patiently.push([quantityFor(refTo('dk', cup.id), 4)], forever))).toEqual(['set']);
    const full = await openBigCommerce(
      {},
      {},
      answering(({ path }) =>
        path.includes('catalog') ? { status: 507, body: { status: 507, title: 'Plan limit reached' } } : undefined,
      ),
    );
    const error = await errorOf(full.connector.page({}, forever));
    expect([error.kind, error.temporary, error.detail.said]).toEqual(['refused', false, 'Plan limit reached']);
  });
});
