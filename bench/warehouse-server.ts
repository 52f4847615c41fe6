import { fakeShop } from '../src/demo/simulators/fake-shop.ts';
import { type Dialect, serve } from '../src/demo/simulators/server.ts';
import { makePeakWmsDialect } from '../src/demo/simulators/warehouses/peakwms.ts';
import { peakModel } from '../src/demo/simulators/warehouses/peakwms-model.ts';

/**
 * A PeakWMS with so many products, in a process of its own: half of them lie in two places, half in three. Every page is
 * worked out before anybody asks, so that what is measured is the reading and not the simulator.
 */
const products = Number(process.argv[2] ?? 100_000);
let calls = 0;
// 240 calls a minute would be measured otherwise: its clock goes on a second with each call.
const model = peakModel({ now: () => Date.UTC(2026, 10, 24) + calls * 1_000, isStill: true });
for (let number = 1; number <= products; number += 1) {
  const places = Array.from({ length: number % 2 === 0 ? 2 : 3 }, (_, place) => ({
    locationCode: `${'ABC'[place]}-${String(number % 400).padStart(3, '0')}`,
    quantity: number % 90,
  }));
  const ean = `57${String(number).padStart(10, '0')}`;
  model.add({ sku: `BENCH-${number}`, name: `Regnjakke Ærø nr. ${number}`, ean, ordered: number % 7, lots: places });
}
const shop = fakeShop({ name: 'peakwms' });
// An answer over the internet takes longer than this.
shop.temper.latencyMs = 10;
const dialect = makePeakWmsDialect(model);
const answers = new Map<string, ReturnType<Dialect['answer']>>();
const base = '/api/integration/v1';
type Page = { readonly data: readonly { readonly id: number }[] };

/** Goes through a list to its end; answers where each page begins. */
function prepare(list: 'product' | 'stock'): readonly string[] {
  const cursors: string[] = [];
  for (let after = 0; ; ) {
    cursors.push(String(after));
    const query = new URLSearchParams({ LastId: String(after), PageSize: '250' });
    const path = `${base}/${list}/keySet`;
    const headers = { authorization: `Bearer ${model.key}` };
    calls += 1;
    const answer = dialect.answer({ method: 'GET', path, query, headers, body: '' }, shop);
    answers.set(`${path}?${query}`, { ...answer, body: JSON.stringify(answer.body) });
    const last = (answer.body as Page).data.at(-1);
    if (last === undefined) return cursors;
    after = last.id;
  }
}
const cursors = { product: prepare('product'), stock: prepare('stock') };
const remembering: Dialect = {
  ...dialect,
  answer: (request, world) => {
    calls += 1;
    return answers.get(`${request.path}?${request.query}`) ?? dialect.answer(request, world);
  },
};
const { url } = await serve(shop, remembering);
process.on('disconnect', () => process.exit(0));
process.send?.({ url, key: model.key, cursors });
