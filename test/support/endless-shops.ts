import type { Dialect, FakeRequest, FakeResponse } from '../../src/demo/simulators/server.ts';

/** How a WooCommerce shop is out of its mind. None until it is switched on. */
export type Madness =
  | 'products'
  | 'variations'
  | 'orders'
  | 'two-pages'
  | 'shuffled'
  | 'unreadable'
  | 'many-rows'
  | 'long-text'
  | 'deep';
export const madnesses: readonly Madness[] = [
  'products',
  'variations',
  'orders',
  'two-pages',
  'shuffled',
  'unreadable',
  'many-rows',
  'long-text',
  'deep',
];

type Mind = { madness: Madness | undefined; totals: boolean };

const listOf = ({ path }: FakeRequest): string | undefined =>
  /\/wc\/v3\/(products\/\d+\/variations|variations|products|orders)$/.exec(path)?.[1]?.replace(/\d+/, 'N');

const row = (id: number, over: object = {}) => ({
  id,
  name: `Endless ${id}`,
  type: 'simple',
  status: 'publish',
  sku: `E-${id}`,
  manage_stock: true,
  stock_quantity: 1,
  date_modified_gmt: '2026-11-24T07:00:00',
  ...over,
});

const rowsFrom = (from: number, over: object = {}) =>
  Array.from({ length: 100 }, (_, at) => row(100_000 + from + at, over));

/** What is shown at an offset, or nothing where the shop is sane. */
function shown(madness: Madness, list: string, query: URLSearchParams): unknown {
  const offset = Number(query.get('offset') ?? '0');
  const inTrash = query.get('status') === 'trash';
  switch (madness) {
    case 'products':
      return list === 'products' && !inTrash ? rowsFrom(offset) : undefined;
    case 'two-pages':
      return list === 'products' && !inTrash ? rowsFrom(Math.floor(offset / 99) % 2 === 0 ? 0 : 100) : undefined;
    case 'shuffled':
      return list === 'products' && !inTrash
        ? rowsFrom(0).sort((one, other) => ((one.id * 7919 + offset) % 101) - ((other.id * 7919 + offset) % 101))
        : undefined;
    case 'unreadable':
      return list === 'products' && !inTrash ? Array.from({ length: 100 }, () => ({ id: {}, name: 'x' })) : undefined;
    case 'variations':
      if (list === 'products' && !inTrash) return [row(100_000, { type: 'variable', variations: [1, 2] })];
      return list === 'products/N/variations' || list === 'variations'
        ? rowsFrom(1000 + offset, { type: 'variation', parent_id: 100_000 })
        : undefined;
    case 'orders':
      return list === 'orders'
        ? Array.from({ length: 100 }, (_, at) => ({
            id: 900_000_000 - offset - at,
            status: 'processing',
            date_created_gmt: new Date(Date.UTC(2026, 10, 24, 7) - (offset + at)).toISOString().slice(0, 19),
            line_items: [],
          }))
        : undefined;
    case 'many-rows':
      return list === 'products' ? `[${'{},'.repeat(2_000_000)}{}]` : undefined;
    case 'long-text':
      return list === 'products' ? `[{"id":1,"name":"${'x'.repeat(40 * 1024 * 1024)}"}]` : undefined;
    case 'deep':
      return list === 'products' ? `${'[{"a":'.repeat(100_000)}1${'}]'.repeat(100_000)}` : undefined;
  }
}

/** A shop that has no list of all variations has none on its bad days either. */
const isMissing = (list: string, { status }: FakeResponse): boolean => list === 'variations' && status === 404;

/** A WooCommerce shop that can be driven mad: it goes on for ever, repeats itself, or answers with far too much. */
export function endless(totals = true): { readonly mind: Mind; readonly around: (dialect: Dialect) => Dialect } {
  const mind: Mind = { madness: undefined, totals };
  const around = (dialect: Dialect): Dialect => ({
    ...dialect,
    answer: (request, shop): FakeResponse => {
      const usual = dialect.answer(request, shop);
      const list = listOf(request);
      const body =
        mind.madness === undefined || list === undefined || isMissing(list, usual)
          ? undefined
          : shown(mind.madness, list, request.query);
      if (body === undefined) return usual;
      const total = Array.isArray(body) && body.length === 1 ? '1' : '60';
      return { status: 200, headers: mind.totals ? { 'x-wp-total': total } : {}, body };
    },
  });
  return { mind, around };
}
