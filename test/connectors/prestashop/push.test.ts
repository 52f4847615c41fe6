import { describe, expect, it, vi } from 'vitest';
import { toShopProductId } from '../../../src/domain/ids.ts';
import { shopReason } from '../../../src/views/errors/shop-reason.ts';
import { wordsOf } from '../../../src/views/words/words.ts';
import { ends, errorOf, forever, quantityFor } from '../../contract/connector-harness.ts';
import { refTo } from '../../support/builders.ts';
import { asked, openPresta, writes } from './shop.ts';

// It speaks HTTP with a simulator, and the machine may be busy.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const idIn = (path: string): string => path.split('/').at(-1) ?? '';

describe('A push to PrestaShop', () => {
  it('sends an id and a figure in XML, under the path of the same id, one row a call', async () => {
    const world = await openPresta();
    const cup = world.shop.add({ sku: 'CUP', quantity: 1 });
    const shirt = world.shop.add({
      variants: [
        { sku: 'S', quantity: 1 },
        { sku: 'M', quantity: 1 },
      ],
    });
    const refs = [refTo('dk', cup.id), ...shirt.variants.map(({ id }) => refTo('dk', shirt.id, id))];
    const outcomes = await world.connector.push(
      refs.map((ref) => quantityFor(ref, 7)),
      forever,
    );
    expect(ends(outcomes)).toEqual(['set', 'set', 'set']);
    const sent = writes(world);
    expect(sent.map(({ method }) => method)).toEqual(['PATCH', 'PATCH', 'PATCH']);
    for (const { path, body } of sent) {
      expect(body).toContain(`<stock_available><id>${idIn(path)}</id><quantity>7</quantity></stock_available>`);
    }
    expect([cup, shirt].flatMap(({ variants }) => variants.map(({ quantity }) => quantity))).toEqual([7, 7, 7]);
  });

  it('never writes the row of a product that has combinations', async () => {
    const world = await openPresta();
    const shirt = world.shop.add({ sku: 'SHIRT', variants: [{ quantity: 2 }] });
    expect(ends(await world.connector.push([quantityFor(refTo('dk', shirt.id), 500)], forever))).toEqual([
      'not-a-unit',
    ]);
    expect(writes(world)).toEqual([]);
  });

  it('reads again what it wrote, and believes that alone', async () => {
    const world = await openPresta({}, {}, ({ method }) =>
      method === 'PATCH' ? { status: 200, body: { stock_available: { id: 1, quantity: '8' } } } : undefined,
    );
    const cup = world.shop.add({ quantity: 3 });
    expect(await world.connector.push([quantityFor(refTo('dk', cup.id), 8)], forever)).toMatchObject([
      { kind: 'refused', why: 'quantity-not-taken', said: 'the shop answers 3' },
    ]);
  });

  it('believes the row, not the warning, where PHP complains about a write that was done', async () => {
    const world = await openPresta();
    const cup = world.shop.add({ quantity: 3 });
    let warned = false;
    const warning = await openPresta({}, {}, ({ method }) => {
      if (method !== 'PATCH') return undefined;
      warned = true;
      warning.shop.writeQuantity(other, other.variants[0], 8);
      return { status: 500, body: { errors: [{ code: 3, message: '[PHP Warning #2] Undefined array key' }] } };
    });
    const other = warning.shop.add({ quantity: 3 });
    expect(ends(await warning.connector.push([quantityFor(refTo('dk', other.id), 8)], forever))).toEqual(['set']);
    expect(warned).toBe(true);
    expect(cup.variants[0]!.quantity).toBe(3);
  });

  it('sends the whole row back, with its shop, where there is no PATCH, and finds that out once', async () => {
    const world = await openPresta({ knowsPatch: false });
    const products = [1, 2, 3].map((at) => world.shop.add({ sku: `S-${at}`, quantity: 1 }));
    const refs = products.map(({ id }) => refTo('dk', id));
    expect(
      ends(
        await world.connector.push(
          refs.map((ref) => quantityFor(ref, 7)),
          forever,
        ),
      ),
    ).toEqual(['set', 'set', 'set']);
    expect(writes(world).map(({ method }) => method)).toEqual(['PATCH', 'PUT', 'PUT', 'PUT']);
    for (const { body } of writes(world).slice(1)) {
      expect(body).toMatch(/<id_shop>1<\/id_shop><id_shop_group>0<\/id_shop_group><quantity>7<\/quantity>/);
      expect(body).toContain('<out_of_stock>2</out_of_stock>');
    }
  });

  const html = { 'content-type': 'text/html' };
  it.each([
    ['403 with a page', { status: 403, headers: html, body: '<h1>Forbidden</h1>' }],
    ['403 in a word', { status: 403, headers: { 'content-type': 'text/plain' }, body: 'Forbidden' }],
    ['406', { status: 406, headers: html, body: '<title>Not Acceptable!</title>Mod_Security' }],
    ['404 with a page', { status: 404, headers: html, body: '<h1>Not Found</h1>' }],
    ['a way to a login page', { status: 302, headers: { location: '/login' }, body: '' }],
  ] as const)('C22: a host that answers a PATCH with %s is asked by PUT', async (_, wall) => {
    let closed: readonly string[] = ['PATCH'];
    const world = await openPresta({}, {}, ({ method }) => (closed.includes(method) ? wall : undefined));
    const cups = [1, 1].map((quantity) => world.shop.add({ quantity }));
    const wanted = (quantity: number) => cups.map(({ id }) => quantityFor(refTo('dk', id), quantity));
    expect(ends(await world.connector.push(wanted(4), forever))).toEqual(['set', 'set']);
    expect(writes(world).map(({ method }) => method)).toEqual(['PATCH', 'PUT', 'PUT']);
    closed = ['PATCH', 'PUT'];
    await world.connector.push(wanted(5), forever).catch(() => undefined);
    expect(cups.map(({ variants }) => variants[0]?.quantity)).toEqual([4, 4]);
  });

  it('writes nothing where the whole shop counts nothing', async () => {
    const world = await openPresta({}, { stockManagement: false });
    const cup = world.shop.add({ quantity: 1 });
    expect(ends(await world.connector.push([quantityFor(refTo('dk', cup.id), 4)], forever))).toEqual([
      'not-tracked-in-shop',
    ]);
    expect(writes(world)).toEqual([]);
  });

  it('asks which shop is meant where several have a figure, and writes none', async () => {
    const row = (id: number, shop: string) => ({
      ...{ id, id_product: '101', id_product_attribute: '0', id_shop: shop, id_shop_group: '0', quantity: '1' },
    });
    const world = await openPresta({}, {}, ({ method, path, query }) =>
      method === 'GET' && path.endsWith('/stock_availables')
        ? {
            status: 200,
            body: query.get('filter[id]') === '>[2]' ? [] : { stock_availables: [row(1, '1'), row(2, '2')] },
          }
        : undefined,
    );
    world.shop.add({ quantity: 1 });
    expect(ends(await world.connector.push([quantityFor(refTo('dk', '101'), 4)], forever))).toEqual([
      'location-missing',
    ]);
    expect(writes(world)).toEqual([]);
  });

  it('asks for no shop that is chosen already: both it and its group have a figure, and none is written', async () => {
    const own = {
      id: 1,
      id_product: '101',
      id_product_attribute: '0',
      id_shop: '1',
      id_shop_group: '0',
      quantity: '1',
    };
    const shared = { ...own, id: 2, id_shop: '0', id_shop_group: '1' };
    const world = await openPresta({}, {}, ({ method, path, query }) =>
      method === 'GET' && path.endsWith('/stock_availables')
        ? { status: 200, body: query.get('filter[id]') === '>[2]' ? [] : { stock_availables: [own, shared] } }
        : undefined,
    );
    world.shop.add({ quantity: 1 });
    const chosen = world.connect({ shop: { options: { id_shop: '1' } } });
    const said = 'this shop and its group both have a figure: one of them must go';
    expect(await chosen.push([quantityFor(refTo('dk', '101'), 4)], forever)).toMatchObject([
      { kind: 'refused', why: 'figure-unreadable', said },
    ]);
    expect(shopReason(said, wordsOf('da'))).toBe('denne butik og dens gruppe har hver sit tal: det ene skal væk');
    expect(shopReason(said, wordsOf('en'))).toBe(said);
    expect(writes(world)).toEqual([]);
  });

  it('says where a thing has no row of stock, which no call can make', async () => {
    const world = await openPresta({}, {}, ({ path }) =>
      path.endsWith('/stock_availables') ? { status: 200, body: [] } : undefined,
    );
    const cup = world.shop.add({ quantity: 1 });
    expect(await world.connector.push([quantityFor(refTo('dk', cup.id), 4)], forever)).toMatchObject([
      { kind: 'refused', why: 'refused-by-shop', said: 'it has no stock_available in this shop' },
    ]);
  });

  it.each([2.5, Number.NaN, 2_147_483_648, -2_147_483_648])('sends no %s', async (figure) => {
    const world = await openPresta();
    const cup = world.shop.add({ quantity: 1 });
    expect(ends(await world.connector.push([quantityFor(refTo('dk', cup.id), figure)], forever))).toEqual([
      'quantity-not-taken',
    ]);
    expect(writes(world)).toEqual([]);
  });

  it('writes no pack whose figure comes from what is in it, and one that has its own', async () => {
    const world = await openPresta();
    const packs = [false, true].map((tracked) => world.shop.add({ kind: 'bundle', quantity: 1, tracked }));
    const wanted = packs.map(({ id }) => quantityFor(refTo('dk', id), 4));
    expect(ends(await world.connector.push(wanted, forever))).toEqual(['not-a-unit', 'set']);
    expect(packs.map(({ variants }) => variants[0]?.quantity)).toEqual([1, 4]);
  });

  it.each([
    ['0', 'unit', 'set', 'active=1'],
    ['1', 'not-stocked', 'not-a-unit', 'active=1, pack, pack_stock_type=1'],
    ['2', 'unit', 'set', 'active=1'],
    ['unset', 'not-stocked', 'not-a-unit', 'active=1, pack, pack_stock_type=3'],
  ] as const)('C27: a pack that is as the shop has it (%s) is a %s', async (packStock, sellable, end, says) => {
    const { shop, connector } = await openPresta({ packStock });
    const { id } = shop.add({ sku: 'PACK', kind: 'bundle', quantity: 1 });
    expect(await connector.product(toShopProductId(id), forever)).toMatchObject([{ sellable, shopSays: says }]);
    const stocked = (await connector.stockPage!({}, forever)).rows.map(({ stock }) => stock.quantity);
    expect(stocked).toEqual(sellable === 'unit' ? [1] : []);
    expect(ends(await connector.push([quantityFor(refTo('dk', id), 4)], forever))).toEqual([end]);
  });

  it('reads every row once more after a batch, in one question', async () => {
    const world = await openPresta();
    const products = Array.from({ length: 20 }, () => world.shop.add({ quantity: 1 }));
    await world.connector.push(
      products.map(({ id }) => quantityFor(refTo('dk', id), 5)),
      forever,
    );
    const after = world.shop.memory.requests.slice(
      world.shop.memory.requests.findLastIndex(({ method }) => method === 'PATCH') + 1,
    );
    expect(after.map(({ query }) => query['filter[id]']?.split('|').length)).toEqual([20]);
  });

  it('keeps what was written when the line breaks in the middle, and leaves the rest to a second try', async () => {
    const world = await openPresta();
    const products = [1, 2, 3].map(() => world.shop.add({ quantity: 1 }));
    let written = 0;
    world.shop.temper.only = ({ method }) => {
      if (method === 'PATCH') written += 1;
      return method === 'PATCH' && written === 2;
    };
    world.shop.temper.down = true;
    const order = products.map(({ id }) => quantityFor(refTo('dk', id), 5));
    expect((await errorOf(world.connector.push(order, forever))).kind).toBe('unreachable');
    world.shop.temper.down = false;
    expect(ends(await world.connector.push(order, forever))).toEqual(['set', 'set', 'set']);
    expect(asked(world, /stock_availables\/\d+$/)).toHaveLength(4);
  });
});
