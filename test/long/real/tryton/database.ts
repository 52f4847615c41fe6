import { z } from 'zod';

type Login = { readonly address: string; readonly user: string; readonly password: string };
type NewGoods = {
  readonly sku: string;
  readonly name: string;
  readonly barcode?: string;
  readonly lots?: readonly { readonly location: string; readonly onHand: number }[];
  /** Promised to a customer: a move out of the storage that nobody has done yet. */
  readonly reserved?: number;
};

/** One database of a Tryton, and what its own people do in it, by Tryton's own protocol. */
export type TrytonDatabase = Login & {
  call(method: string, ...params: readonly unknown[]): Promise<unknown>;
  /** Puts goods where they are said to lie, in moves that are done. Answers the ids of the products. */
  add(goods: readonly NewGoods[]): Promise<readonly number[]>;
  /** The id of the product of this item number. */
  idOf(sku: string): Promise<number>;
  /** Goods come to a place; less than nothing: they leave it. `done`: else they are only planned. */
  move(sku: string, quantity: number, how?: { readonly location?: string; readonly done?: boolean }): Promise<void>;
  /** Somebody counts what lies at a place. */
  count(sku: string, onHand: number, location: string): Promise<void>;
  /** What Tryton itself says lies in the whole warehouse. */
  onHand(sku: string): Promise<number>;
  /** A product is taken out of use, or into it again. */
  setActive(sku: string, active: boolean): Promise<void>;
};

const ids = z.array(z.number());
const decimal = (text: string) => ({ __class__: 'Decimal', decimal: text });
const answer = z.object({ result: z.unknown(), error: z.unknown() }).partial();

export async function openDatabase(login: Login): Promise<TrytonDatabase> {
  const authorization = `Basic ${Buffer.from(`${login.user}:${login.password}`).toString('base64')}`;
  const call = async (method: string, ...params: readonly unknown[]): Promise<unknown> => {
    const reply = await fetch(`${login.address}/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ id: 1, method, params }),
    });
    const text = await reply.text();
    if (reply.status !== 200) throw new Error(`${method}: ${reply.status} ${text.slice(0, 300)}`);
    const read = answer.parse(JSON.parse(text));
    if (read.error !== undefined && read.error !== null) throw new Error(`${method}: ${JSON.stringify(read.error)}`);
    return read.result;
  };
  const create = async (model: string, values: readonly object[], context: object): Promise<readonly number[]> =>
    ids.parse(await call(`model.${model}.create`, values, context));
  const found = async (model: string, domain: readonly unknown[], context: object): Promise<readonly number[]> =>
    ids.parse(await call(`model.${model}.search`, domain, 0, 1, null, context));
  const one = async (model: string, domain: readonly unknown[], context: object): Promise<number> => {
    const [id] = await found(model, domain, context);
    if (id === undefined) throw new Error(`Tryton has no ${model} where ${JSON.stringify(domain)}`);
    return id;
  };

  const money = { name: 'Krone', code: 'DKK', symbol: 'kr', numeric_code: '208' };
  const [currency] = await create('currency.currency', [money], {});
  const [party] = await create('party.party', [{ name: 'Testlager' }], {});
  const [company] = await create('company.company', [{ party, currency }], {});
  await call('model.res.user.write', [1], { companies: [['add', [company]]], company }, {});
  const context = { company };
  const unit = await one('product.uom', [['name', '=', 'Unit']], context);
  const warehouse = await one('stock.location', [['type', '=', 'warehouse']], context);
  const storage = await one('stock.location', [['code', '=', 'STO']], context);
  const lost = await one('stock.location', [['type', '=', 'lost_found']], context);
  const customer = await one('stock.location', [['type', '=', 'customer']], context);

  const places = new Map<string, number>();
  const placeOf = async (name: string): Promise<number> => {
    const known = places.get(name);
    if (known !== undefined) return known;
    const [made = 0] = await create(
      'stock.location',
      [{ name, code: name, type: 'storage', parent: storage }],
      context,
    );
    places.set(name, made);
    return made;
  };
  const doMoves = (moves: readonly number[]) => call('model.stock.move.do', moves, context);
  const idOf = (sku: string): Promise<number> =>
    one(
      'product.product',
      [
        ['code', '=', sku],
        ['active', 'in', [true, false]],
      ],
      context,
    );

  const moveOf = (product: number, quantity: number, place: number) => ({
    product,
    uom: unit,
    company,
    quantity: Math.abs(quantity),
    from_location: quantity > 0 ? lost : place,
    to_location: quantity > 0 ? place : lost,
  });
  const planned = (product: number, quantity: number) => ({
    ...moveOf(product, -quantity, storage),
    to_location: customer,
    unit_price: decimal('1.0'),
    currency,
  });

  return {
    ...login,
    call,
    idOf,
    add: async (goods) => {
      const templates = goods.map(({ sku, name, barcode }) => ({
        name,
        code: sku,
        default_uom: unit,
        type: 'goods',
        list_price: decimal('9.95'),
        products: [
          ['create', [barcode === undefined ? {} : { identifiers: [['create', [{ type: 'ean', code: barcode }]]] }]],
        ],
      }));
      const made = await create('product.template', templates, context);
      const products: number[] = [];
      const rows = z
        .array(z.object({ id: z.number(), template: z.number() }))
        .parse(
          await call(
            'model.product.product.search_read',
            [['template', 'in', made]],
            0,
            null,
            null,
            ['template'],
            context,
          ),
        );
      const byTemplate = new Map(rows.map(({ id, template }) => [template, id]));
      const [arrived, promised]: object[][] = [[], []];
      for (const [index, { lots = [], reserved = 0 }] of goods.entries()) {
        const product = byTemplate.get(made[index] ?? 0) ?? 0;
        products.push(product);
        for (const { location, onHand } of lots)
          if (onHand > 0) arrived?.push(moveOf(product, onHand, await placeOf(location)));
        if (reserved > 0) promised?.push(planned(product, reserved));
      }
      if (arrived !== undefined && arrived.length > 0) await doMoves(await create('stock.move', arrived, context));
      if (promised !== undefined && promised.length > 0) await create('stock.move', promised, context);
      return products;
    },
    move: async (sku, quantity, { location, done = true } = {}) => {
      const product = await idOf(sku);
      const place = location === undefined ? storage : await placeOf(location);
      if (!done) await create('stock.move', [planned(product, -quantity)], context);
      else await doMoves(await create('stock.move', [moveOf(product, quantity, place)], context));
    },
    count: async (sku, quantity, location) => {
      const line = { product: await idOf(sku), quantity };
      const inventory = { location: await placeOf(location), company, lines: [['create', [line]]] };
      await call('model.stock.inventory.confirm', await create('stock.inventory', [inventory], context), context);
    },
    onHand: async (sku) => {
      const at = { ...context, locations: [warehouse] };
      const [row] = z
        .array(z.object({ quantity: z.number() }))
        .parse(await call('model.product.product.read', [await idOf(sku)], ['quantity'], at));
      return row?.quantity ?? Number.NaN;
    },
    setActive: async (sku, active) => {
      await call('model.product.product.write', [await idOf(sku)], { active }, context);
    },
  };
}
