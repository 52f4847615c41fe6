import { describe, expect, it, vi } from 'vitest';
import type { Dialect, FakeRequest, FakeResponse } from '../../../src/demo/simulators/server.ts';
import { ends, errorOf, forever, quantityFor } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { asked, openWoo, writes } from './open-woocommerce.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const items = (request: FakeRequest): readonly { readonly id: number }[] =>
  request.method === 'POST' ? (JSON.parse(request.body).update ?? []) : [];

/** A shop that answers some batches by itself. */
const answering =
  (answer: (request: FakeRequest) => FakeResponse | undefined) =>
  (dialect: Dialect): Dialect => ({
    ...dialect,
    answer: (request, shop) => answer(request) ?? dialect.answer(request, shop),
  });

describe('A push to WooCommerce', () => {
  it('sends an id and a figure and nothing else, under the fresh parent', async () => {
    const world = await openWoo();
    const cup = world.shop.add({ quantity: 1 });
    const shirt = world.shop.add({ variants: [{ quantity: 1 }, { quantity: 1 }] });
    const coat = world.shop.add({ variants: [{ quantity: 1 }] });
    const refs = [
      refTo('dk', cup.id),
      ...shirt.variants.map(({ id }) => refTo('dk', shirt.id, id)),
      refTo('dk', coat.id, coat.variants[0]!.id),
    ];
    expect(
      ends(
        await world.connector.push(
          refs.map((ref) => quantityFor(ref, 7)),
          forever,
        ),
      ),
    ).toEqual(['set', 'set', 'set', 'set']);
    expect(writes(world).map(({ path, body }) => [path.replace('/wp-json/wc/v3/', ''), JSON.parse(body)])).toEqual([
      ['products/batch', { update: [{ id: Number(cup.id), stock_quantity: 7 }] }],
      [
        `products/${shirt.id}/variations/batch`,
        { update: shirt.variants.map(({ id }) => ({ id: Number(id), stock_quantity: 7 })) },
      ],
      [`products/${coat.id}/variations/batch`, { update: [{ id: Number(coat.variants[0]!.id), stock_quantity: 7 }] }],
    ]);
  });

  it('trap 3: does not write where the product holds the figure for its variations', async () => {
    const world = await openWoo();
    const shirt = world.shop.add({ tracked: true, quantity: 9, variants: [{ tracked: 'parent' }] });
    const ref = refTo('dk', shirt.id, shirt.variants[0]!.id);
    expect(ends(await world.connector.push([quantityFor(ref, 4)], forever))).toEqual(['stock-held-by-parent']);
    expect([writes(world).length, shirt.quantity]).toEqual([0, 9]);
  });

  it('writes nothing to a shop that does not count stock at all', async () => {
    const world = await openWoo({}, { stockManagement: false });
    const cup = world.shop.add({ quantity: 1 });
    expect(ends(await world.connector.push([quantityFor(refTo('dk', cup.id), 4)], forever))).toEqual([
      'not-tracked-in-shop',
    ]);
    expect(writes(world)).toEqual([]);
  });

  it.each([
    true,
    false,
  ])('never writes to a parent, a variation switched off, or one in the trash (sweep: %s)', async (variationsRoute) => {
    const world = await openWoo({ variationsRoute });
    const shirt = world.shop.add({ tracked: true, quantity: 2, variants: [{ enabled: false }, {}] });
    const gone = world.shop.add({ variants: [{}] });
    world.shop.trash(gone.id);
    const refs = [
      refTo('dk', shirt.id),
      refTo('dk', shirt.id, shirt.variants[0]!.id),
      refTo('dk', gone.id, gone.variants[0]!.id),
    ];
    const outcomes = await world.connector.push(
      refs.map((ref) => quantityFor(ref, 4)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['not-a-unit', 'inactive-in-shop', 'inactive-in-shop']);
    expect(writes(world)).toEqual([]);
  });

  it('60: believes the answer, not the status: another figure is not taken', async () => {
    const world = await openWoo(
      {},
      {},
      answering((request) =>
        items(request).length === 0
          ? undefined
          : {
              status: 200,
              body: { update: items(request).map(({ id }) => ({ id, manage_stock: true, stock_quantity: 3 })) },
            },
      ),
    );
    const cup = world.shop.add({ quantity: 1 });
    expect(await world.connector.push([quantityFor(refTo('dk', cup.id), 4)], forever)).toMatchObject([
      { kind: 'refused', why: 'quantity-not-taken', said: 'the shop answers 3' },
    ]);
  });

  it.each([
    [{ manage_stock: false, stock_quantity: null }, 'not-tracked-in-shop'],
    [{ manage_stock: 'parent', stock_quantity: 4 }, 'stock-held-by-parent'],
    [{ manage_stock: true, stock_quantity: 'a few' }, 'outcome-unknown'],
  ])('60: an answer of %j means %s', async (fields, why) => {
    const world = await openWoo(
      {},
      {},
      answering((request) =>
        items(request).length === 0
          ? undefined
          : { status: 200, body: { update: items(request).map(({ id }) => ({ id, ...fields })) } },
      ),
    );
    const cup = world.shop.add({ quantity: 1 });
    expect(ends(await world.connector.push([quantityFor(refTo('dk', cup.id), 4)], forever))).toEqual([why]);
  });

  it('60: rows in another order, and fewer than were asked for, are each believed of whom they name', async () => {
    const refused = { code: 'woocommerce_rest_cannot_edit', message: 'Sorry.', data: { status: 401 } };
    const world = await openWoo(
      {},
      {},
      answering((request) => {
        const [, second, third] = items(request);
        if (second === undefined || third === undefined) return undefined;
        const written = { id: third.id, manage_stock: true, stock_quantity: 4 };
        return { status: 200, body: { update: [{ id: second.id, error: refused }, written] } };
      }),
    );
    const refs = [1, 2, 3].map(() => refTo('dk', world.shop.add({ quantity: 1 }).id));
    const outcomes = await world.connector.push(
      refs.map((ref) => quantityFor(ref, 4)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['outcome-unknown', 'no-permission', 'set']);
  });

  it('62: halves a batch that the host finds too large', async () => {
    const world = await openWoo(
      {},
      {},
      answering((request) =>
        items(request).length > 3 ? { status: 413, body: '<html>Request Entity Too Large</html>' } : undefined,
      ),
    );
    const refs = Array.from({ length: 10 }, () => refTo('dk', world.shop.add({ quantity: 1 }).id));
    expect(
      new Set(
        ends(
          await world.connector.push(
            refs.map((ref) => quantityFor(ref, 4)),
            forever,
          ),
        ),
      ),
    ).toEqual(new Set(['set']));
  });

  it('62: finds the one item that spoils a whole batch', async () => {
    const world = await openWoo(
      {},
      {},
      answering((request) =>
        items(request).some(({ id }) => id === 105)
          ? {
              status: 400,
              body: { code: 'rest_invalid_param', message: 'Invalid parameter(s): update', data: { status: 400 } },
            }
          : undefined,
      ),
    );
    const refs = Array.from({ length: 9 }, () => refTo('dk', world.shop.add({ quantity: 1 }).id));
    const outcomes = await world.connector.push(
      refs.map((ref) => quantityFor(ref, 4)),
      forever,
    );
    expect(outcomes.flatMap((outcome) => (outcome.kind === 'refused' ? [outcome.ref.shopProductId] : []))).toHaveLength(
      1,
    );
    expect(world.shop.shelf.filter(({ variants }) => variants[0]!.quantity === 4)).toHaveLength(8);
  });

  it('61: writes nothing to a variation whose product is a draft', async () => {
    const world = await openWoo();
    const shirt = world.shop.add({ status: 'draft', variants: [{ quantity: 1 }] });
    const ref = refTo('dk', shirt.id, shirt.variants[0]!.id);
    expect(ends(await world.connector.push([quantityFor(ref, 4)], forever))).toEqual(['inactive-in-shop']);
    expect(writes(world)).toEqual([]);
  });

  it('67: does not even send a part of a piece', async () => {
    const world = await openWoo();
    const cup = world.shop.add({ quantity: 1 });
    expect(ends(await world.connector.push([quantityFor(refTo('dk', cup.id), 2.5)], forever))).toEqual([
      'quantity-not-taken',
    ]);
    expect(writes(world)).toEqual([]);
  });

  it.each([
    ['plugin_refused', 'refused-by-shop'],
    ['woocommerce_rest_product_invalid_id', 'not-found-in-shop'],
    ['woocommerce_rest_cannot_edit', 'no-permission'],
    ['toString', 'refused-by-shop'],
  ])("91: an item that ends with %s is %s, in the shop's own words", async (code, why) => {
    const world = await openWoo(
      {},
      {},
      answering((request) =>
        items(request).length === 0
          ? undefined
          : {
              status: 200,
              body: {
                update: items(request).map(({ id }) => ({
                  id,
                  error: { code, message: 'No.', data: { status: 400 } },
                })),
              },
            },
      ),
    );
    const cup = world.shop.add({ quantity: 1 });
    expect(await world.connector.push([quantityFor(refTo('dk', cup.id), 4)], forever)).toMatchObject([
      { why, said: `${code}: No.` },
    ]);
  });

  it('a right that is missing is recognised in any language: reading went well a moment ago', async () => {
    const world = await openWoo(
      {},
      {},
      answering((request) =>
        request.method === 'POST'
          ? {
              status: 401,
              body: {
                code: 'woocommerce_rest_authentication_error',
                message: 'Avain ei kelpaa kirjoittamiseen.',
                data: { status: 401 },
              },
            }
          : undefined,
      ),
    );
    const cup = world.shop.add({ quantity: 1 });
    expect(ends(await world.connector.push([quantityFor(refTo('dk', cup.id), 4)], forever))).toEqual(['no-permission']);
  });

  it('63: a lost answer to a write that was done is found out without writing again', async () => {
    const world = await openWoo();
    const cup = world.shop.add({ quantity: 1 });
    world.shop.temper.loseAnswers = 1;
    expect(await world.connector.push([quantityFor(refTo('dk', cup.id), 4)], forever)).toEqual([
      { ref: refTo('dk', cup.id), kind: 'set', quantity: 4, was: 1 },
    ]);
    expect(writes(world)).toHaveLength(1);
  });

  it('63: keeps what was done when a later batch meets trouble, and says what is not known', async () => {
    const world = await openWoo();
    const cup = world.shop.add({ quantity: 1 });
    const shirt = world.shop.add({ variants: [{ quantity: 1 }] });
    world.shop.temper.only = ({ path }) => path.endsWith('/variations/batch');
    world.shop.temper.serverErrors = 1;
    const refs = [refTo('dk', cup.id), refTo('dk', shirt.id, shirt.variants[0]!.id)];
    expect(
      ends(
        await world.connector.push(
          refs.map((ref) => quantityFor(ref, 4)),
          forever,
        ),
      ),
    ).toEqual(['set', 'outcome-unknown']);
  });

  it('63: throws temporary trouble before anything was done, so that patience says it all again', async () => {
    const world = await openWoo();
    const cup = world.shop.add({ quantity: 1 });
    world.shop.temper.only = ({ method }) => method === 'POST';
    world.shop.temper.serverErrors = 1;
    expect((await errorOf(world.connector.push([quantityFor(refTo('dk', cup.id), 4)], forever))).temporary).toBe(true);
    world.shop.temper.serverErrors = 2;
    expect(ends(await world.patiently.push([quantityFor(refTo('dk', cup.id), 4)], forever))).toEqual(['set']);
  });

  it('reads a hundred variations with one question where the shop has the sweep', async () => {
    const world = await openWoo();
    const shirt = world.shop.add({ variants: Array.from({ length: 100 }, () => ({ quantity: 1 })) });
    const refs = shirt.variants.map(({ id }) => refTo('dk', shirt.id, id));
    await world.connector.push(
      refs.map((ref) => quantityFor(ref, 4)),
      forever,
    );
    expect(asked(world, /wc\/v3/).map(({ path }) => path.replace('/wp-json/wc/v3/', ''))).toEqual([
      'products',
      'variations',
      'variations',
      `products/${shirt.id}/variations/batch`,
    ]);
  });
});
